package io.millrace.examples.gather;

import io.millrace.StopEvent;
import java.util.List;

/**
 * The result.
 *
 * @param netKilos of each sack, in the order of the delivery
 */
public record Receipt(int totalKilos, List<Integer> netKilos) implements StopEvent {
  public Receipt {
    netKilos = List.copyOf(netKilos);
  }
}
