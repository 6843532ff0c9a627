package io.millrace.coordinator.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run's head. Each state has only the fields that are true in it. */
public sealed interface RunState {
  /** Nothing is known of the run. */
  record Absent() implements RunState {}

  /**
   * @param epoch from 1; a redrive bumps it (law 16)
   * @param admitted false while the workflow is unknown and the start waits for its verdict (law
   *     14)
   * @param pendingStart who is still to be told that the start was accepted; null once told
   * @param nextSequence run-wide counter for dispatches, state versions, notes and timers'
   *     generations
   * @param open executions that have not ended
   * @param streamed something was written to the run's stream
   * @param stateBytes total size of the state
   * @param lastAt newest time seen; time never goes back (law 18)
   */
  record Running(
      Entry.RunSettings settings,
      int epoch,
      boolean admitted,
      @Nullable Request pendingStart,
      long nextSequence,
      int open,
      int parked,
      int prompts,
      boolean streamed,
      long stateBytes,
      Instant lastAt)
      implements RunState {}

  record Finished(Entry.RunSettings settings, Outcome outcome, long nextSequence, Instant lastAt)
      implements RunState {}
}
