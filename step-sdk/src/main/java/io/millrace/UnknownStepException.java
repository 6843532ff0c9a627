package io.millrace;

/** The workflow has no step of that name, or it does not accept the event's type. */
public final class UnknownStepException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  public UnknownStepException(String message) {
    super(message);
  }
}
