package io.millrace;

import org.jspecify.annotations.Nullable;

/** The broker answered, and refused: rights, sizes, or settings. */
public final class BrokerRefusedException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  public BrokerRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
