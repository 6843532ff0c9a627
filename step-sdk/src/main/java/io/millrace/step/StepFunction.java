package io.millrace.step;

import io.millrace.RunContext;
import org.jspecify.annotations.Nullable;

/** The code of a step. */
@FunctionalInterface
public interface StepFunction {
  /**
   * Returns what the step returned: an event, a list, an optional or null.
   *
   * @param event what the step's {@link StepInput} says: the event, a list of events for a join, a
   *     {@link io.millrace.StepFailedEvent} for a failure handler
   */
  @Nullable Object invoke(Object event, RunContext context) throws Throwable;
}
