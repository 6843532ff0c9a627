package io.millrace;

import java.time.Duration;

/**
 * A step has failed and has no attempts left; its {@link CatchError} handler is called with this.
 *
 * @param step the failed step
 * @param event what the failed step was called with; of a failed join only the type is known
 * @param errorType class name of what the step threw, or a name from the protocol such as
 *     StepTimeout
 * @param errorStack the stack trace in the worker, as text; empty when there is none
 * @param attempts how often the step was tried
 * @param elapsed since the first attempt was dispatched
 */
public record StepFailedEvent(
    String step,
    UndecodedEvent event,
    String errorType,
    String errorMessage,
    String errorStack,
    int attempts,
    Duration elapsed) {
  /** The type by which handlers are dispatched to; no event may have this name. */
  public static final String TYPE = "StepFailedEvent";

  /**
   * What the failed step was called with.
   *
   * @throws NotThatEventException if it is of another type; says which
   */
  public <E> E event(Class<E> eventClass) {
    return event.as(eventClass);
  }
}
