package io.millrace;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public method a step: a typed function of an event. The accepted types are those of the
 * first parameter (a concrete event, or a sealed interface: each of its permitted records), unless
 * {@link #accepts} names them. What it returns is emitted: an event, a {@code List} of events, an
 * {@code Optional}, or null or void, which end the branch. A second parameter may be a {@link
 * RunContext}. Read once into a {@link io.millrace.step.StepDefinition}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Step {
  /** Default: the method's name. */
  String name() default "";

  /** Default: from the first parameter. */
  Class<?>[] accepts() default {};

  /**
   * What is sent rather than returned, in addition to the return type, so that the graph can be
   * checked.
   */
  Class<?>[] emits() default {};

  /** What is written to the stream. */
  Class<?>[] streams() default {};

  /** Attempts at once in one worker process. */
  int concurrency() default 16;

  /**
   * Of one attempt, for instance {@code 30s}, {@code 5m} or ISO-8601 {@code PT30S}; empty: none.
   */
  String timeout() default "";

  Retry retry() default @Retry;

  /** State keys that attempts are sent; the default, one {@code *}, is all. */
  String[] reads() default {"*"};
}
