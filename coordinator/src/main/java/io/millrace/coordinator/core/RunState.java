package io.millrace.coordinator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A run's head. Each state has only the fields that are true in it. */
public sealed interface RunState {
  <R> R accept(Cases<R> cases);

  /** One method for each state. */
  interface Cases<R> {
    R absent(Absent state);

    R running(Running state);

    R finished(Finished state);
  }

  /** Nothing is known of the run. */
  record Absent() implements RunState {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.absent(this);
    }
  }

  /**
   * @param epoch from 1; a redrive bumps it (law 16)
   * @param admitted false while the workflow is unknown and the start waits for its verdict (law
   *     14)
   * @param pendingStarts who is still to be told whether the start was accepted; empty once told
   * @param nextSequence run-wide counter for dispatches, state versions, lines and timers'
   *     generations; from 1
   * @param open executions that have not ended, suspended ones included
   * @param suspended executions that wait for an event
   * @param parked events that no step accepts yet
   * @param prompts that nobody has answered
   * @param chunks stored
   * @param buffered events that wait in collect buffers for a set
   * @param seen external events taken
   * @param early events kept for waiters that are yet to come
   * @param fanOuts that have not closed
   * @param updating the execution whose turn it is in the update queue, else null (law 15)
   * @param contending executions that wait in the update queue
   * @param streamEvents written to the stream by the steps, as far as told
   * @param loads how much of each step is open (S7), by step; only those that have anything open
   * @param notes taken so far, dropped ones included
   * @param streamed something was written to the run's stream
   * @param stateBytes total size of the state
   * @param timeoutLeft what is left of the run timeout while its clock is stopped, else null
   * @param quietSince since when no execution is active, else null
   * @param graceDue when the grace timer is due, else null
   * @param lastAt newest time seen; time never goes back (law 18)
   */
  record Running(
      Entry.RunSettings settings,
      int epoch,
      boolean admitted,
      List<Request> pendingStarts,
      long nextSequence,
      int open,
      int suspended,
      int parked,
      int prompts,
      int chunks,
      int buffered,
      int seen,
      int early,
      int fanOuts,
      @Nullable String updating,
      int contending,
      long streamEvents,
      Map<String, Load> loads,
      long notes,
      boolean streamed,
      long stateBytes,
      @Nullable Duration timeoutLeft,
      @Nullable Instant quietSince,
      @Nullable Instant graceDue,
      Instant lastAt)
      implements RunState {
    public Running {
      pendingStarts = List.copyOf(pendingStarts);
      loads = Collections.unmodifiableMap(new TreeMap<>(loads));
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.running(this);
    }
  }

  /**
   * @param held places taken: dispatched, running or between two attempts
   * @param queued executions that wait for a place
   */
  record Load(int held, int queued) {}

  /**
   * @param frozen a failed run as it was, for a redrive; else null (law 16)
   */
  record Finished(
      Entry.RunSettings settings,
      Outcome outcome,
      long nextSequence,
      Instant lastAt,
      @Nullable Running frozen)
      implements RunState {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.finished(this);
    }
  }
}
