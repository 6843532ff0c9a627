package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.Entry.Phase;
import io.millrace.coordinator.core.RunEffect.InternalKind;
import io.millrace.coordinator.core.RunEffect.Reason;
import io.millrace.coordinator.core.RunInput.FailureKind;
import java.time.Duration;

/**
 * What goes wrong with an execution, and whether it is tried again. A verdict is recorded by the
 * transition that makes it and never decided anew (E1).
 */
final class Failures {
  /** Timer id prefix; the execution's id follows. */
  static final String RETRY = "retry/";

  private static final int UNREADABLE_TRIES = 3;
  private static final int REFUSED_TRIES = 5;
  private static final Duration FAULT_DELAY = Duration.ofSeconds(1);
  private static final int DISPATCH_TRIES = 5;

  private final LiveRun run;
  private final Dispatching dispatching;
  private final Chunks chunks;
  private final Recovery recovery;
  private final Ending ending;
  private final Facts facts;

  Failures(LiveRun run, Dispatching dispatching, Chunks chunks, Ending ending, Facts facts) {
    this.run = run;
    this.dispatching = dispatching;
    this.chunks = chunks;
    this.recovery = new Recovery(run, dispatching, facts);
    this.ending = ending;
    this.facts = facts;
  }

  void failed(RunInput.StepFailed input) {
    OpenExecution execution = run.current(input.token());
    if (execution == null) {
      return;
    }
    if (streamedTooMuch(execution, input.streamed())) {
      return;
    }
    chunks.drop(execution);
    if (input.kind() == FailureKind.UNREADABLE_EVENT) {
      // No handler could read it either.
      if (!againLater(execution, input, UNREADABLE_TRIES)) {
        bury(execution, input.error());
      }
      return;
    }
    if (input.kind() == FailureKind.COMPLETION_REFUSED) {
      if (!againLater(execution, input, REFUSED_TRIES)) {
        giveUp(execution, input.error());
      }
      return;
    }
    StepSpec.RetryPolicy policy = run.spec(execution.step()).retry();
    Duration delay = Backoff.delay(policy, execution);
    if (input.retryable() && Backoff.allows(policy, execution, run.now().plus(delay))) {
      retry(Phases.failed(execution, input.error(), run.now()), delay, input.error());
    } else {
      giveUp(execution, input.error());
    }
  }

  /**
   * Counts what a try has written to the stream. True: the run has failed of it, whatever else the
   * try did.
   */
  boolean streamedTooMuch(OpenExecution execution, int events) {
    run.streamed(events);
    ErrorInfo problem = Bounds.streamEvents(run);
    if (problem != null) {
      ending.failed(execution, problem);
    }
    return problem != null;
  }

  /**
   * A registry that is down, a schema that is unknown (E6), a broker that did not take the
   * completion (F1): the step did its part, so its retry policy has no say. The token is new: what
   * the old try may yet write is stale.
   */
  private boolean againLater(OpenExecution execution, RunInput.StepFailed input, int tries) {
    boolean again = input.retryable() && execution.faults() + 1 < tries;
    if (again) {
      retry(Phases.faulted(execution, false, run.now()), FAULT_DELAY, input.error());
    }
    return again;
  }

  void dispatchFailed(RunInput.DispatchFailed input) {
    OpenExecution execution = run.current(input.token());
    if (execution == null) {
      return;
    }
    if (execution.sequence() != input.sequence() || execution.phase() != Phase.DISPATCHED) {
      run.turn.disregard(
          Reason.NOT_APPLICABLE,
          "dispatch " + input.sequence() + " failed, the execution is " + standing(execution));
      return;
    }
    int tries = execution.faults() + 1;
    if (tries >= DISPATCH_TRIES) {
      String message =
          "the event could not be dispatched in "
              + tries
              + " tries, last "
              + input.error().type()
              + ": "
              + input.error().message();
      bury(execution, new ErrorInfo("DispatchFailed", message, ""));
    } else {
      // The record may be there after all: the token stays, so that either copy will do.
      Duration delay = Duration.ofSeconds(1L << execution.faults());
      retry(Phases.faulted(execution, true, run.now()), delay, input.error());
    }
  }

  void lost(RunInput.WorkerLost input) {
    OpenExecution execution = run.current(input.token());
    if (execution == null) {
      return;
    }
    boolean adoptedByAnother =
        execution.worker() != null && !execution.worker().equals(input.worker());
    if (execution.sequence() != input.sequence()
        || execution.phase() == Phase.RETRYING
        || adoptedByAnother) {
      run.turn.disregard(
          Reason.NOT_APPLICABLE,
          "dispatch " + input.sequence() + " got lost, the execution is " + standing(execution));
      return;
    }
    loseTry(execution, input.reason());
  }

  /** The same try once more, which is no failure of the step, up to {@code maxLost} (E3). */
  void loseTry(OpenExecution execution, String reason) {
    OpenExecution again = Phases.lost(execution);
    if (again.lost() >= Math.max(1, run.spec(execution.step()).maxLost())) {
      String message = again.lost() + " workers were lost with this attempt, last: " + reason;
      giveUp(execution, new ErrorInfo("WorkerLost", message, ""));
      return;
    }
    dispatching.dropRetryTimer(execution);
    facts.notable(InternalKind.WORKER_LOST, again.step(), again.id(), again.attempt(), reason);
    dispatching.resend(again);
  }

  void retryDue(String executionId) {
    run.dropTimer(RETRY + executionId);
    OpenExecution execution = run.execution(executionId);
    if (execution == null || execution.phase() != Phase.RETRYING) {
      throw new IllegalStateException("a retry of " + executionId + " is due, it is " + execution);
    }
    if (Phases.out(execution)) {
      dispatching.resend(execution);
    } else {
      dispatching.dispatch(execution);
    }
  }

  /** No further try: a handler takes it from here (E4), or the run fails. */
  void giveUp(OpenExecution execution, ErrorInfo error) {
    chunks.drop(execution);
    if (!recovery.take(execution, error)) {
      bury(execution, error);
    }
  }

  /** The event goes to the dead letters, and the run fails until it is redriven. */
  private void bury(OpenExecution execution, ErrorInfo error) {
    run.turn.add(
        new RunEffect.DeadLetter(
            run.turn.runId(),
            run.settings.workflow(),
            recovery.origin(execution),
            execution.step(),
            execution.id(),
            error,
            execution.attempt()));
    ending.failed(execution, error, recovery.story(execution));
  }

  private void retry(OpenExecution next, Duration delay, ErrorInfo error) {
    UpdateQueue.leave(run, next);
    run.put(next);
    run.setTimer(RETRY + next.id(), delay);
    String message = error.type() + ": " + error.message() + "; again in " + delay;
    run.note("retry of " + next.step() + " after " + message);
    facts.notable(InternalKind.RETRY_SCHEDULED, next.step(), next.id(), next.attempt(), message);
  }

  private static String standing(OpenExecution execution) {
    return execution.phase() + " with dispatch " + execution.sequence();
  }
}
