package io.millrace.coordinator.index;

import java.util.Optional;

/** Which dead letters are wanted: those that have every value that is named here. */
public record DeadLetterFilter(
    Optional<String> workflow, Optional<String> runId, Optional<String> step) {
  boolean admits(DeadLetter letter) {
    return matches(workflow, letter.workflow())
        && matches(runId, letter.runId())
        && matches(step, letter.step());
  }

  private static boolean matches(Optional<String> asked, Optional<String> there) {
    return asked.isEmpty() || asked.equals(there);
  }
}
