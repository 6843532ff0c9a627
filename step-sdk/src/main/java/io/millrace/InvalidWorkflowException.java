package io.millrace;

/**
 * The workflow's steps do not fit together; the message lists every problem. {@code millrace
 * validate} shows them without starting a run.
 */
public final class InvalidWorkflowException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  public InvalidWorkflowException(String message) {
    super(message);
  }
}
