package io.millrace.observe;

import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import org.jspecify.annotations.Nullable;

/** Hears of the tries of one step. Thread-safe. */
public interface StepObserver {
  /** Hears nothing. */
  StepObserver NONE = new StepObserver() {};

  /**
   * A try begins; called on the thread that runs the step's code.
   *
   * @param traceparent W3C trace context of what made the event; null: there is none
   * @param dispatchedMillis when the coordinator sent it, by its clock
   */
  default ObservedTry begins(
      Dispatch dispatch,
      DispatchTarget target,
      @Nullable String traceparent,
      long dispatchedMillis) {
    return ObservedTry.NONE;
  }
}
