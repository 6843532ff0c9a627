package io.millrace;

/** The request is beyond a limit of the coordinator or the broker; the message says which. */
public final class LimitExceededException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  public LimitExceededException(String message) {
    super(message);
  }
}
