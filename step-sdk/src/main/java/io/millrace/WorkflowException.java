package io.millrace;

import org.jspecify.annotations.Nullable;

/**
 * What can go wrong with a run or with asking for one. Every exception of the client is one of
 * these; the message says what, where and what to do.
 */
public class WorkflowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WorkflowException(String message) {
    super(message);
  }

  public WorkflowException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
