package io.millrace.event;

import org.jspecify.annotations.Nullable;

/** An event's bytes could not be turned into the event. */
public final class UnreadableEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final boolean retryable;

  /**
   * @param retryable the cause may pass, such as a registry outage
   */
  public UnreadableEventException(String message, boolean retryable, @Nullable Throwable cause) {
    super(message, cause);
    this.retryable = retryable;
  }

  public boolean isRetryable() {
    return retryable;
  }
}
