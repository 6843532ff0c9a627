package io.millrace;

/** The coordinator knows no such run: never started, or forgotten after its retention. */
public final class UnknownRunException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  public UnknownRunException(String message) {
    super(message);
  }
}
