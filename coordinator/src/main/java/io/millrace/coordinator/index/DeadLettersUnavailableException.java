package io.millrace.coordinator.index;

import org.jspecify.annotations.Nullable;

/** The dead letters cannot be read just now; asking again later may help. */
public final class DeadLettersUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeadLettersUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
