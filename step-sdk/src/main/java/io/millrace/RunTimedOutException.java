package io.millrace;

import java.util.List;

/** The run ended TIMED_OUT. */
public final class RunTimedOutException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  private final List<String> activeSteps;

  public RunTimedOutException(String runId, List<String> activeSteps, String reason) {
    super(
        "run "
            + runId
            + " timed out; active steps: "
            + (activeSteps.isEmpty() ? "none" : String.join(", ", activeSteps))
            + (reason.isEmpty() ? "" : " (" + reason + ")"));
    this.activeSteps = List.copyOf(activeSteps);
  }

  /** Steps that were active when the time was up. */
  public List<String> activeSteps() {
    return activeSteps;
  }
}
