package io.millrace;

/** The stop event of the run is of another type than the workflow's stop type. */
public final class NotAResultException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  public NotAResultException(String message) {
    super(message);
  }
}
