package io.millrace;

/** The run has not ended within the time that the caller was willing to wait. It goes on. */
public final class ResultTimeoutException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  public ResultTimeoutException(String message) {
    super(message);
  }
}
