package io.millrace;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a step: <em>stop retrying</em>. Every other throwable is retried as the step's {@link
 * Retry} says.
 */
public class NonRetryableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NonRetryableException(String message) {
    super(message);
  }

  public NonRetryableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
