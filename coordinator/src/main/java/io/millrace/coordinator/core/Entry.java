package io.millrace.coordinator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The small things that a run's context is made of. Each is stored under its own key. */
public sealed interface Entry {

  /** Where an open execution stands. */
  enum Phase {
    /** Waits for its turn (maxOpenPerRun). */
    QUEUED,
    /** Dispatched, not yet adopted. */
    DISPATCHED,
    /** Adopted by a worker. */
    RUNNING,
    /** Waits for its retry timer. */
    RETRYING,
    /** Waits for an event. */
    SUSPENDED,
    /** Lost the race of an update; waits for its turn in the run's update queue (law 15). */
    CONTENDING
  }

  /** What an execution is invoked with. */
  enum Input {
    /** Its event. */
    EVENT,
    /** The events of a join: {@link Joined}. */
    JOINED,
    /** A failure to handle: {@link Caught}. */
    CAUGHT
  }

  /**
   * An execution that has not ended. Key: execution id.
   *
   * @param worker the incarnation that adopted it, else null
   * @param lost workers lost on this attempt so far
   * @param failures of the step, recorded so far
   * @param faults failed dispatches and unreadable events in a row: nobody's attempt, yet bounded
   * @param sequence of its newest dispatch; 0 before the first
   * @param since when it entered its phase
   */
  record OpenExecution(
      String id,
      String step,
      Event event,
      Phase phase,
      int attempt,
      int round,
      long digest,
      @Nullable String worker,
      int lost,
      int failures,
      int faults,
      long sequence,
      Instant firstDispatchedAt,
      Instant since,
      @Nullable ErrorInfo lastError,
      Lineage lineage,
      Input input)
      implements Entry {
    public Token token() {
      return new Token(id, attempt, round, digest);
    }
  }

  /**
   * The state that an open execution was sent, kept so that a re-dispatch sends the same bytes (law
   * 1). Key: execution id.
   */
  record SentState(Map<String, VersionedValue> state) implements Entry {}

  /** Sets reserved for an open execution until it completes (C5). Key: execution id. */
  record ReservedSets(List<RunEffect.CollectedSet> sets) implements Entry {}

  /** The events that a join was opened with, in the order it takes them. Key: execution id. */
  record Joined(List<Event> events) implements Entry {}

  /** The failure that a handler was opened with. Key: execution id. */
  record Caught(RunEffect.CaughtFailure failure) implements Entry {}

  /**
   * A fan-out that has not closed, or that is remembered for events that buffers hold. Key: its id.
   *
   * @param step whose {@code List} opened it
   * @param parent where the execution that opened it stands
   * @param open executions, parked events, prompts and fan-outs directly in it that have not ended
   * @param held events of it that wait in buffers, and remembered fan-outs directly in it
   * @param closed it is over; only {@code parent} and {@code held} still mean something
   * @param arrived events that wait for its end, by join step
   * @param fired join steps that have had their set
   */
  record FanOut(
      String step,
      Lineage parent,
      int open,
      int held,
      boolean closed,
      Map<String, Integer> arrived,
      List<String> fired)
      implements Entry {}

  /** An event that waits for the end of its fan-out. Key: fan-out and join step, seq = arrival. */
  record Arrived(Event event, Lineage lineage) implements Entry {}

  /**
   * Key: buffer (step, buffer id and correlation). What the newest call expects, and how much is
   * held, both by type; reserved events are no longer counted.
   */
  record BufferHead(
      String step,
      String bufferId,
      Map<String, Integer> expects,
      Map<String, Integer> holds,
      long nextSeq)
      implements Entry {}

  /** Key: buffer and type, seq = arrival. */
  record BufferedEvent(Event event, String executionId, Lineage lineage) implements Entry {}

  /** Key: state key. */
  record StateCell(VersionedValue value) implements Entry {}

  /** Key: timer id. The shell keeps an index by due time. */
  record Timer(Instant due, long generation) implements Entry {}

  /**
   * An event that no step accepts yet (law 14). Key: "", seq = arrival.
   *
   * @param cause what the ids of its executions derive from (law 8)
   */
  record ParkedEvent(
      Event event, String cause, @Nullable String toStep, Lineage lineage, Instant since)
      implements Entry {}

  /**
   * An event that came before the waiter it may be meant for (W5). Key: line of its type, seq =
   * arrival.
   */
  record EarlyEvent(
      Event event, String cause, @Nullable String toStep, Lineage lineage, Instant since)
      implements Entry {}

  /** A waiter of this event type has had its answer (law 12). Key: event type. */
  record ResolvedType(Instant at) implements Entry {}

  /** A part of a completion, shipped ahead (law 6). Key: execution id, seq from try and index. */
  record StoredChunk(String tryId, int index, List<StepEffect> effects, Bytes encoded)
      implements Entry {}

  /** An external event that was taken (W7). Key: event id. */
  record SeenEvent(Instant at) implements Entry {}

  /** A prompt that nobody has answered. Key: event id. {@code place} is its seq in its line. */
  record OpenPrompt(String eventType, String step, long place, Lineage lineage, Instant since)
      implements Entry {}

  /**
   * What a suspended execution waits for; it waits for one thing at a time. Key: execution id.
   *
   * @param requirements field to canonical JSON text; all must be met
   * @param timeout null: none
   * @param promptId the prompt that it published, else null
   * @param place its seq in the line of its event type
   */
  record Waiter(
      String waiterId,
      String step,
      String eventType,
      Map<String, String> requirements,
      @Nullable Duration timeout,
      @Nullable String promptId,
      long place,
      Instant since)
      implements Entry {}

  /** What an open execution's waits were answered so far, kept until it ends (W6). Key: id. */
  record Answers(List<RunEffect.WaitAnswer> answers) implements Entry {}

  /**
   * A place in a first-in first-out line: of queued executions by step, of waiters by event type,
   * of prompts. Key: line, seq = arrival. {@code id} names the entry that stands there.
   */
  record InLine(String id) implements Entry {}

  /** What the run noted for whoever inspects it. Key: "", seq = arrival; bounded. */
  record Note(Instant at, String text) implements Entry {}

  /** Life and settings of a run, the same in every state that has one. */
  record RunSettings(
      String workflow,
      String life,
      String startDigest,
      Instant startedAt,
      @Nullable Duration timeout,
      boolean pauseTimeoutWhileWaiting,
      boolean internalEvents,
      List<String> outcomeKeys) {}
}
