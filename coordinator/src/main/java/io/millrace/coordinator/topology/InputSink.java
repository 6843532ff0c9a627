package io.millrace.coordinator.topology;

import io.millrace.coordinator.core.RunInput;

/**
 * Where the shell says what it noticed: an append to the run log, behind whatever is already there
 * (law 2). Does not wait; a lost append is noticed because it is not seen back. Thread-safe.
 */
public interface InputSink {
  void append(String runId, RunInput input);
}
