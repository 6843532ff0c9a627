package io.millrace.coordinator.publish;

import java.time.Duration;
import java.util.Optional;

/** Asks whether the coordinator knows a run. */
@FunctionalInterface
interface RunLookup {
  /** Empty: no answer within {@code timeout}. */
  Optional<Boolean> knows(String runId, Duration timeout);
}
