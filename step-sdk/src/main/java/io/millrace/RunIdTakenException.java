package io.millrace;

/**
 * The run id belongs to a run of another workflow, or of another start event. Start under another
 * id, or attach.
 */
public final class RunIdTakenException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  public RunIdTakenException(String message) {
    super(message);
  }
}
