package io.millrace.worker;

/** Two different steps of one name and version (S9). The one that is registered stays. */
public final class StepConflictException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  StepConflictException(String workflow, String step, int version, String difference) {
    super(
        "step %s of workflow %s is registered with version %d and differs: %s; if this is a newer program of the same step, give it a higher millrace.version, otherwise another name"
            .formatted(step, workflow, version, difference));
  }
}
