package io.millrace;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public method that takes a {@link StepFailedEvent} the handler of steps that have no
 * attempts left (E4). It is a step itself: what it returns is emitted in the failed step's place,
 * and a handler that throws fails the run. Settings of a step, such as its name or a {@link Retry}
 * of its own, are given by a {@link Step} beside this.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface CatchError {
  /** Names of the steps; the default, one {@code *}, is every step without a handler by name. */
  String[] steps() default {"*"};

  /** So many failures of one line of events are handled; the next one fails the run. */
  int maxRecoveries() default 1;
}
