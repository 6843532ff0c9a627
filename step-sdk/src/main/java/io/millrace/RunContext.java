package io.millrace;

import java.util.List;
import java.util.Optional;

/**
 * What a step may do besides returning an event. Everything done through it becomes one completion,
 * applied with the attempt or not at all; only {@link #writeEventToStream} is seen at once. Use it
 * on the thread that runs the step, or hand it on with care: it is thread-safe, but effects made
 * after the step has returned are refused with an {@link IllegalStateException}.
 */
public interface RunContext {
  String runId();

  String workflow();

  String step();

  /** First is 1. */
  int attempt();

  RetryInfo retryInfo();

  /**
   * Offers {@code event} to this step's default buffer and returns a complete set, in the order of
   * {@code types}, once there is one (C1).
   *
   * @param types a multiset of exact event classes; empty: an empty set at once
   * @return empty until the set is complete; usually the step then returns null
   */
  Optional<Collected> collectEvents(Object event, Class<?>... types);

  /** As {@link #collectEvents(Object, Class...)}. */
  Optional<Collected> collectEvents(Object event, List<? extends Class<?>> types);

  /** With a buffer id and a correlation key of your own. */
  Optional<Collected> collectEvents(Object event, CollectSpec spec);

  /** Emits an event, to every step that accepts its type, when this attempt completes. */
  void sendEvent(Object event);

  /**
   * Emits an event to one step.
   *
   * @throws IllegalArgumentException if the workflow has no such step, or it does not accept the
   *     type (S5)
   */
  void sendEvent(Object event, String stepName);

  /**
   * Puts an event on the run's stream now. Not an effect: it stays there if the attempt fails, and
   * readers are told of the new attempt.
   */
  void writeEventToStream(Object event);

  /** As {@link #waitForEvent(Class, WaitSpec)}, for any event of the type. */
  <E> E waitForEvent(Class<E> type);

  /**
   * Waits until an event of this type comes, from a step or from outside. Without one the attempt
   * ends here: the worker is freed, and the step is invoked anew from its beginning when the event
   * has come, with everything but the prompt undone (W3). The same calls must come in the same
   * order then, up to here. An attempt ends by a throwable of Millrace's own: do not catch {@code
   * Throwable} or {@code Error} around this call; one that does is ended all the same.
   *
   * @param type an exact event class, declared in {@link Step#waitsFor}
   * @throws WaitTimeoutException if the time that the spec gives has passed without the event
   * @throws UndeclaredWaitException if the type is not declared
   * @throws IllegalArgumentException if the spec names a field that the event has not, or a prompt
   *     that is none
   */
  <E> E waitForEvent(Class<E> type, WaitSpec spec);

  /** The run's state as of this attempt's dispatch plus its own writes. */
  RunState state();

  /**
   * Whether the run has ended or this attempt is no longer wanted; the thread is interrupted as
   * well.
   */
  boolean isCancelled();
}
