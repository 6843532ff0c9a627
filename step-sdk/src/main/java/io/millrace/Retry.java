package io.millrace;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How often and when a failed attempt is tried again. With n failures so far, the next attempt
 * waits {@code min(maxDelay, delay x multiplier^(n-1)) x (1 ± jitter)}. The default is one attempt,
 * no retry. Durations are written as in {@link Step#timeout}.
 */
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface Retry {
  /** 1: no retry. */
  int maxAttempts() default 1;

  String delay() default "1s";

  double multiplier() default 2.0;

  /** Empty: no bound. */
  String maxDelay() default "";

  /** 0 to 1; derived from the execution's id, so that it is the same whenever it is computed. */
  double jitter() default 0.0;

  /** Since the first attempt was dispatched; empty: no bound. */
  String maxElapsed() default "";

  /** Only these are retried; empty: all. */
  Class<? extends Throwable>[] on() default {};

  /** These are not retried, whatever {@link #on} says. */
  Class<? extends Throwable>[] notOn() default {};
}
