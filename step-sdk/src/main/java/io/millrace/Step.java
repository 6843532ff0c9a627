package io.millrace;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public method a step: a typed function of an event. The accepted types are those of the
 * first parameter (a concrete event, or a sealed interface: each of its permitted records), unless
 * {@link #accepts} names them. A method that takes several events is called once for each complete
 * set of them; one that takes a {@code List} of events is called once for the fan-out that they
 * come from. What a step returns is emitted: an event, a {@code List} of events (a fan-out), an
 * {@code Optional}, or null or void, which end the branch. The last parameter may be a {@link
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

  /** What it waits for with {@link RunContext#waitForEvent}. */
  Class<?>[] waitsFor() default {};

  /**
   * The parameter is an event interface that is not sealed, and every event of the workflow that
   * implements it is accepted (S1). The classes must be on this worker's class path.
   */
  boolean subtypes() default false;

  /** Attempts at once in one worker process. */
  int concurrency() default 16;

  /**
   * Executions of this step that one run has dispatched at once, over all workers; more of them
   * wait in the coordinator, first in first out, so that one wide run cannot starve the others
   * (S7). Places that become free are given out a sixteenth of this number at a time.
   */
  int maxOpenPerRun() default 256;

  /** Workers that may be lost with one attempt before it counts as failed for good (E3). */
  int maxLost() default 5;

  /**
   * Of one attempt, for instance {@code 30s}, {@code 5m} or ISO-8601 {@code PT30S}; empty: none.
   */
  String timeout() default "";

  Retry retry() default @Retry;

  /** State keys that attempts are sent; the default, one {@code *}, is all. */
  String[] reads() default {"*"};
}
