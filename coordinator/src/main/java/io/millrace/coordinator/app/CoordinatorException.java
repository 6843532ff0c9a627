package io.millrace.coordinator.app;

import org.jspecify.annotations.Nullable;

/** The coordinator cannot start or go on; the message says why and what to do. */
public class CoordinatorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CoordinatorException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
