package io.millrace;

/** The run has ended and takes no more events. */
public final class RunFinishedException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  public RunFinishedException(String message) {
    super(message);
  }
}
