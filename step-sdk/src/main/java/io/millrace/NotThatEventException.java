package io.millrace;

/** An event was read as a class that it is not. */
public final class NotThatEventException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  public NotThatEventException(String message) {
    super(message);
  }
}
