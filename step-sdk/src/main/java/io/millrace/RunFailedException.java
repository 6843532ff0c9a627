package io.millrace;

/** The run ended FAILED. */
public final class RunFailedException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  private final String step;
  private final String executionId;
  private final String errorType;
  private final String errorMessage;
  private final String remoteStack;
  private final int attempts;

  /**
   * @param step empty when no step is to blame
   * @param executionId the execution to blame; empty when there is none
   * @param errorType class name of the exception, or a name from the protocol
   * @param remoteStack as text, empty when there is none
   */
  public RunFailedException(
      String runId,
      String step,
      String executionId,
      String errorType,
      String errorMessage,
      String remoteStack,
      int attempts,
      String reason) {
    super(message(runId, step, errorType, errorMessage, attempts, reason));
    this.step = step;
    this.executionId = executionId;
    this.errorType = errorType;
    this.errorMessage = errorMessage;
    this.remoteStack = remoteStack;
    this.attempts = attempts;
  }

  private static String message(
      String runId, String step, String errorType, String error, int attempts, String reason) {
    String where = step.isEmpty() ? "" : " in step " + step;
    String tried = attempts > 1 ? " (after " + attempts + " attempts)" : "";
    String what = errorType.isEmpty() ? reason : errorType + ": " + error;
    return "run " + runId + " failed" + where + tried + ": " + what;
  }

  /** Empty when no step is to blame. */
  public String step() {
    return step;
  }

  /**
   * The execution to blame, which {@link RunHandle#redrive(String)} can dispatch again; empty when
   * there is none.
   */
  public String executionId() {
    return executionId;
  }

  /** Class name of what the step threw, or a name from the protocol such as StepTimeout. */
  public String errorType() {
    return errorType;
  }

  public String errorMessage() {
    return errorMessage;
  }

  /** The stack trace in the worker, as text; empty when there is none. */
  public String remoteStack() {
    return remoteStack;
  }

  /** How often the step was tried. */
  public int attempts() {
    return attempts;
  }
}
