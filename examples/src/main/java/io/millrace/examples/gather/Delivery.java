package io.millrace.examples.gather;

import io.millrace.StartEvent;
import java.util.List;

/** Sacks of grain by their gross weight. */
public record Delivery(List<Integer> grossKilos) implements StartEvent {
  public Delivery {
    grossKilos = List.copyOf(grossKilos);
    if (grossKilos.isEmpty()) {
      throw new IllegalArgumentException("a delivery has at least one sack");
    }
  }
}
