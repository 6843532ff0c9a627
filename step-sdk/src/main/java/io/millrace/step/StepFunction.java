package io.millrace.step;

import io.millrace.RunContext;
import org.jspecify.annotations.Nullable;

/** The code of a step. */
@FunctionalInterface
public interface StepFunction {
  /** Returns what the step returned: an event, a list, an optional or null. */
  @Nullable Object invoke(Object event, RunContext context) throws Throwable;
}
