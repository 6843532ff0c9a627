package io.millrace;

import java.time.Instant;
import java.util.Optional;

/** Something that appeared on a run's stream. Immutable and thread-safe. */
public interface StreamedEvent {
  enum Kind {
    /** What a step wrote with {@code writeEventToStream}. */
    EVENT,
    /** An input-required event: the run waits for an answer. */
    PROMPT,
    /** A retry, an unhandled event and the like. */
    INTERNAL,
    /**
     * A step has begun anew: what this execution has shown so far is superseded. Always yielded, so
     * that a view can reset.
     */
    ATTEMPT_RESTARTED,
    /** The run has ended; the last thing a reader yields. */
    TERMINAL
  }

  Kind kind();

  /**
   * The event's type; for a terminal event the type of the stop event, or RunFailed, RunCancelled,
   * RunTimedOut, RunStalled.
   */
  String type();

  String runId();

  /** Goes on after this event. */
  StreamCursor cursor();

  /** Of prompts: what a response echoes. */
  Optional<String> eventId();

  /** Which execution wrote it; empty text when none did. */
  String executionId();

  /** Which step wrote it; empty text when none did. */
  String step();

  /** First is 1; 0 when no step wrote it. */
  int attempt();

  Instant timestamp();

  /** INTERNAL or ATTEMPT_RESTARTED. */
  default boolean isInternal() {
    return kind() == Kind.INTERNAL || kind() == Kind.ATTEMPT_RESTARTED;
  }

  default boolean isTerminal() {
    return kind() == Kind.TERMINAL;
  }

  /**
   * Whether it is an event of this class: a concrete event class, a sealed interface of some, or
   * one of {@link InputRequiredEvent}, {@link StopEvent}, {@link HumanResponseEvent}.
   */
  boolean is(Class<?> eventClass);

  /**
   * The event, decoded.
   *
   * @throws NotThatEventException unless {@link #is}
   * @throws io.millrace.event.UnreadableEventException if the bytes cannot be read as that class
   */
  <E> E as(Class<E> eventClass);

  /**
   * The event, decoded, if its class was named in {@link StreamOptions#decodeAs} or is the
   * workflow's stop type.
   */
  Optional<Object> event();

  /** The event's fields as plain JSON text, whatever its type; of a terminal event the outcome. */
  String json();

  /** How the run ended; of terminal events only. */
  Optional<OutcomeSummary> outcome();
}
