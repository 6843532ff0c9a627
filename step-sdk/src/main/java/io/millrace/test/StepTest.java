package io.millrace.test;

import io.millrace.protocol.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one try did. Effects are those that the try made, also if it failed: a real run would drop
 * them then. Immutable.
 *
 * @param emitted sent and returned events, in program order
 * @param sent those of {@link #emitted} that were sent, with the step they were sent to
 * @param returned those of {@link #emitted} that were returned
 * @param streamed events written to the stream
 * @param stateWrites in program order
 * @param collectCalls in program order, one for each buffer
 * @param suspension when the try ended at a wait without an answer
 */
public record StepTest(
    List<Object> emitted,
    List<Sent> sent,
    List<Object> returned,
    List<Object> streamed,
    List<StateWrite> stateWrites,
    List<CollectCall> collectCalls,
    Optional<Suspension> suspension,
    Optional<Failure> failure) {
  public StepTest {
    emitted = List.copyOf(emitted);
    sent = List.copyOf(sent);
    returned = List.copyOf(returned);
    streamed = List.copyOf(streamed);
    stateWrites = List.copyOf(stateWrites);
    collectCalls = List.copyOf(collectCalls);
  }

  /**
   * An event that was sent.
   *
   * @param toStep empty: to every step that accepts it
   */
  public record Sent(Object event, Optional<String> toStep) {}

  /** How a state key was written. */
  public enum Operation {
    SET,
    REMOVE,
    INCREMENT,
    APPEND,
    UPDATE
  }

  /**
   * A write to the run's state.
   *
   * @param value what was set, added or appended, as JSON would give it back: numbers, text, lists,
   *     maps; null for a removal
   */
  public record StateWrite(Operation operation, String key, @Nullable Object value) {}

  /**
   * A call of {@code collectEvents}.
   *
   * @param types simple names, in the order asked for
   * @param satisfied the set was complete
   */
  public record CollectCall(
      String bufferId, List<String> types, Optional<String> correlation, boolean satisfied) {}

  /**
   * The wait at which the try ended; a real run would drop its effects.
   *
   * @param type simple name of the event waited for
   * @param requirements field to value as JSON text
   * @param prompt the question, if there is one
   */
  public record Suspension(
      String waiterId,
      String type,
      Map<String, String> requirements,
      Optional<Duration> timeout,
      Optional<Object> prompt) {}

  /**
   * How the try failed.
   *
   * @param retryable what the step's retry policy says, attempts aside
   * @param error what the step threw
   */
  public record Failure(FailureKind kind, boolean retryable, Throwable error) {}
}
