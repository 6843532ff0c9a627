package io.millrace;

/** The run belongs to another workflow than the one it was attached as. */
public final class WrongWorkflowException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  public WrongWorkflowException(String message) {
    super(message);
  }
}
