package io.millrace;

/** The run ended CANCELLED. */
public final class RunCancelledException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  public RunCancelledException(String runId, String reason) {
    super("run " + runId + " was cancelled" + (reason.isEmpty() ? "" : ": " + reason));
  }
}
