package io.millrace;

import org.jspecify.annotations.Nullable;

/** No broker answered in time. */
public final class BrokerUnavailableException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  public BrokerUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
