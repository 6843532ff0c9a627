package io.millrace.coordinator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a transition asks of the outside. The shell turns each into records, in order. */
public sealed interface RunEffect {
  /**
   * One record on the event's topic, for the named executions. {@code state} holds what the targets
   * may read; {@code fieldsOf} are the types whose fields emitted events tell.
   */
  record Dispatch(
      String runId,
      String workflow,
      Event event,
      int epoch,
      long sequence,
      List<Target> targets,
      Map<String, VersionedValue> state,
      List<String> fieldsOf)
      implements RunEffect {}

  /**
   * @param joined for a join, instead of the event
   * @param failure for a failure handler, instead of the event
   */
  record Target(
      Token token,
      String step,
      Instant firstDispatchedAt,
      @Nullable ErrorInfo lastError,
      List<CollectedSet> sets,
      List<WaitAnswer> answers,
      @Nullable List<Event> joined,
      @Nullable CaughtFailure failure,
      int recoveries) {}

  /**
   * What a failure handler is told.
   *
   * @param elapsed since the first dispatch of the failed execution
   */
  record CaughtFailure(String step, Event event, ErrorInfo error, int attempts, Duration elapsed) {}

  record CollectedSet(String bufferId, List<Event> events) {}

  /** {@code event} null: the wait timed out. */
  record WaitAnswer(String waiterId, @Nullable Event event) {}

  /** To the replies topic. {@code outcome} is known for every finished run. */
  record Reply(Request request, String runId, Answer answer, @Nullable Outcome outcome)
      implements RunEffect {}

  /** To the outcomes topic; exactly one per run and epoch. */
  record EndRun(Outcome outcome) implements RunEffect {}

  /** To the facts topic, for the publisher (law 10). {@code id} is deterministic. */
  record Publish(
      String runId,
      String workflow,
      int epoch,
      String id,
      Instant at,
      Fact fact,
      boolean createStream)
      implements RunEffect {}

  sealed interface Fact {
    record Prompt(Event event, String step) implements Fact {}

    record Terminal(Outcome outcome) implements Fact {}

    record Internal(InternalKind kind, String step, String executionId, int attempt, String message)
        implements Fact {}

    record ExpireStream() implements Fact {}
  }

  enum InternalKind {
    UNHANDLED_EVENT,
    RETRY_SCHEDULED,
    WORKER_LOST,
    STEP_STARTED,
    STEP_COMPLETED,
    EVENT_IGNORED
  }

  record DeadLetter(
      String runId,
      String workflow,
      Event event,
      String step,
      String executionId,
      ErrorInfo error,
      int attempts)
      implements RunEffect {}

  /** To the cancels topic: the worker should interrupt these. */
  record CancelWork(String worker, String runId, List<Unwanted> executions, String reason)
      implements RunEffect {}

  /**
   * What is at work on an execution for nothing.
   *
   * @param round tries of this round and of earlier ones are meant: the notice may come after a
   *     redrive has sent the execution out again
   */
  record Unwanted(String executionId, int round) {
    static Unwanted of(Token token) {
      return new Unwanted(token.executionId(), token.round());
    }
  }

  /** Nothing was changed, for this reason. */
  record Disregard(Reason reason, String detail) implements RunEffect {}

  enum Reason {
    UNKNOWN_RUN,
    RUN_FINISHED,
    UNKNOWN_EXECUTION,
    STALE_TOKEN,
    STALE_TIMER,
    DUPLICATE,
    CHUNK_MISMATCH,
    NOT_APPLICABLE
  }
}
