package io.millrace.coordinator.index;

import org.jspecify.annotations.Nullable;

/** The list of runs cannot be told just now; asking again later may help. */
public final class RunIndexException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RunIndexException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
