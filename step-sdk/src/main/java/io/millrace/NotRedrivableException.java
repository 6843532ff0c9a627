package io.millrace;

/** The run did not fail, or nothing of it is left to redrive. */
public final class NotRedrivableException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  public NotRedrivableException(String message) {
    super(message);
  }
}
