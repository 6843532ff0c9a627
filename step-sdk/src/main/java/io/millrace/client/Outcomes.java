package io.millrace.client;

import io.millrace.BufferState;
import io.millrace.OutcomeState;
import io.millrace.OutcomeSummary;
import io.millrace.RunCancelledException;
import io.millrace.RunFailedException;
import io.millrace.RunStalledException;
import io.millrace.RunTimedOutException;
import io.millrace.WorkflowException;
import io.millrace.protocol.BufferDiagnosis;
import io.millrace.protocol.EventData;
import io.millrace.protocol.RunFailure;
import io.millrace.protocol.RunOutcome;
import java.util.List;
import java.util.Optional;

/** Outcomes as results, exceptions and summaries. */
public final class Outcomes {
  private Outcomes() {}

  /**
   * The stop event of a completed run.
   *
   * @throws WorkflowException named after how the run ended otherwise
   */
  public static EventData stopEvent(RunOutcome outcome) {
    String runId = outcome.getRunId();
    switch (outcome.getStatus()) {
      case COMPLETED:
        if (outcome.getResult() == null) {
          throw new WorkflowException(
              "run " + runId + " completed but its outcome has no stop event; this is a bug");
        }
        return outcome.getResult();
      case FAILED:
        throw failed(outcome);
      case CANCELLED:
        throw new RunCancelledException(runId, outcome.getReason());
      case TIMED_OUT:
        throw new RunTimedOutException(runId, outcome.getActiveSteps(), outcome.getReason());
      case STALLED:
        throw new RunStalledException(runId, buffers(outcome.getBuffers()), outcome.getReason());
    }
    throw new IllegalStateException("a new outcome: " + outcome.getStatus());
  }

  private static RunFailedException failed(RunOutcome outcome) {
    RunFailure failure = outcome.getFailure();
    if (failure == null) {
      return new RunFailedException(outcome.getRunId(), "", "", "", "", "", 0, outcome.getReason());
    }
    return new RunFailedException(
        outcome.getRunId(),
        failure.getStep(),
        failure.getExecutionId(),
        failure.getError().getType(),
        failure.getError().getMessage(),
        failure.getError().getStack(),
        failure.getAttempts(),
        outcome.getReason());
  }

  public static OutcomeSummary summary(RunOutcome outcome) {
    return new OutcomeSummary(
        outcome.getStatus(),
        outcome.getEpoch(),
        Optional.ofNullable(outcome.getResult()).map(EventData::getType),
        Optional.ofNullable(outcome.getFailure())
            .map(RunFailure::getStep)
            .filter(step -> !step.isEmpty()),
        Optional.ofNullable(outcome.getFailure())
            .map(RunFailure::getExecutionId)
            .filter(execution -> !execution.isEmpty()),
        outcome.getReason(),
        outcome.getActiveSteps(),
        buffers(outcome.getBuffers()),
        outcome.getStartedAt(),
        outcome.getEndedAt(),
        outcome.getStreamed(),
        new OutcomeState(outcome.getState()));
  }

  /** A step that was at work when the run ended may have streamed without having said so. */
  static boolean mayHaveStreamed(RunOutcome outcome) {
    return outcome.getStreamed() || !outcome.getActiveSteps().isEmpty();
  }

  static List<BufferState> buffers(List<BufferDiagnosis> buffers) {
    return buffers.stream()
        .map(b -> new BufferState(b.getStep(), b.getBufferId(), b.getHolds(), b.getLacks()))
        .toList();
  }

  /** What the terminal event is called on a stream. */
  static String terminalType(RunOutcome outcome) {
    switch (outcome.getStatus()) {
      case COMPLETED:
        return stopEvent(outcome).getType();
      case FAILED:
        return "RunFailed";
      case CANCELLED:
        return "RunCancelled";
      case TIMED_OUT:
        return "RunTimedOut";
      case STALLED:
        return "RunStalled";
    }
    throw new IllegalStateException("a new outcome: " + outcome.getStatus());
  }
}
