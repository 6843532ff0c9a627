package io.millrace.coordinator.topology;

import java.util.Optional;

/** Judges workers. Thread-safe. */
public interface Liveness {
  /**
   * Whether {@code worker} can be held to have lost what it adopted.
   *
   * @param sinceMillis when it adopted it, broker's time
   * @return the reason, in words; empty: it may live
   */
  Optional<String> lost(String worker, long sinceMillis);
}
