package io.millrace.coordinator.index;

import java.util.List;
import java.util.Optional;

/**
 * Some dead letters, newest first.
 *
 * @param next before which offset the next page begins; empty: this is the last
 */
public record DeadLetterPage(List<DeadLetter> letters, Optional<Long> next) {
  public DeadLetterPage {
    letters = List.copyOf(letters);
  }
}
