package io.millrace;

import org.jspecify.annotations.Nullable;

/** The calling thread was interrupted while it waited; its interrupt flag is set again. */
public final class CallInterruptedException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  public CallInterruptedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
