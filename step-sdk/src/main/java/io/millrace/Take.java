package io.millrace;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a step that takes a {@code List}: it fires with the first {@code value} events of the fan-out
 * instead of all. The other branches run on; what they still make for this step is dropped (C7).
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Take {
  /** At least 1. */
  int value();
}
