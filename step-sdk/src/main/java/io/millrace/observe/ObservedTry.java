package io.millrace.observe;

import io.millrace.protocol.ErrorInfo;
import org.jspecify.annotations.Nullable;

/**
 * One try, from before its code runs. {@link #returned} is called on the thread that ran the code;
 * {@link #ended}, on any thread and perhaps before that, once.
 */
public interface ObservedTry {
  /** Is not looked at. */
  ObservedTry NONE = new ObservedTry() {};

  /** How a try ended. */
  enum End {
    /** Its completion is durable. */
    COMPLETED,
    /** It waits for an event. */
    SUSPENDED,
    /** The code threw, or what it did could not be made durable. */
    FAILED,
    /** It took longer than the step may. */
    TIMED_OUT,
    /** Its run no longer wants it. */
    CANCELLED,
    /** It is left to another worker. */
    ABANDONED
  }

  /** W3C trace context for what the try makes; null: it is not traced. */
  default @Nullable String traceparent() {
    return null;
  }

  /** The step's code has returned or thrown. */
  default void returned() {}

  /**
   * What came of it is settled.
   *
   * @param error of a try that failed
   * @param streamed events that it wrote to the run's stream
   */
  default void ended(End end, @Nullable ErrorInfo error, int streamed) {}
}
