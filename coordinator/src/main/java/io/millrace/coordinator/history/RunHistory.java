package io.millrace.coordinator.history;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What has happened in a run, as far as the run log still tells.
 *
 * @param executions that were dispatched, in the order of their first dispatch
 * @param moments what happened besides, oldest first
 * @param gap why this is not all of it, in words; empty: it is
 */
public record RunHistory(List<Execution> executions, List<Moment> moments, Optional<String> gap) {
  public RunHistory {
    executions = List.copyOf(executions);
    moments = List.copyOf(moments);
  }

  /**
   * @param eventType of the event that it was opened with
   * @param attempts each time that it was dispatched, oldest first
   */
  public record Execution(
      String executionId, String step, String eventType, List<Attempt> attempts) {
    public Execution {
      attempts = List.copyOf(attempts);
    }
  }

  /** How an attempt ended. */
  public enum End {
    COMPLETED,
    FAILED,
    /** It waits for an event; its next attempt has the answer. */
    SUSPENDED,
    /** It is invoked once more: with the set that it collected, or with fresh state. */
    INVOKED_AGAIN,
    /** Its worker was lost. */
    LOST,
    /** The run ended before it. */
    DROPPED
  }

  /**
   * One dispatch of an execution.
   *
   * @param attempt first is 1
   * @param adoptedAt when a worker said that it keeps it for longer
   * @param worker which had it, as far as it told
   * @param end empty: it is still out
   * @param detail of the end: what it waits for, why it was lost
   * @param error when FAILED
   * @param emitted event type to number, when COMPLETED
   * @param wrote state keys, when COMPLETED
   * @param streamed how many events it wrote to the stream
   */
  public record Attempt(
      int attempt,
      Instant dispatchedAt,
      Optional<Instant> adoptedAt,
      Optional<String> worker,
      Optional<Instant> endedAt,
      Optional<End> end,
      Optional<String> detail,
      Optional<Failure> error,
      Map<String, Integer> emitted,
      List<String> wrote,
      int streamed) {}

  public record Failure(String type, String message, String stack) {}

  /** What a moment is about. */
  public enum Kind {
    STARTED,
    /** An event came from outside. */
    EVENT,
    /** The run has asked the outside for something. */
    PROMPT,
    /** Something went another way than the author may expect. */
    NOTE,
    REDRIVEN,
    ENDED
  }

  /**
   * @param step that it is about; empty: the run
   */
  public record Moment(Instant at, Kind kind, Optional<String> step, String text) {}
}
