package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.RunState;

/**
 * An execution opens once and closes once. While the run goes on, nothing but its own completion
 * closes it, and a try that does not close it leaves nothing behind (S3).
 */
final class ExecutionLaw implements Law {
  @Override
  public void check(Step step) {
    for (OpenExecution opened : step.changes().opened()) {
      step.require(step.ledger().add("opened " + opened.id()), "opens again", opened);
      step.ledger().put("step " + opened.id(), opened.step());
      String emission = Marker.emission(opened.event());
      String what = emission == null ? step.life() + " " + opened.event().id() : emission;
      step.require(
          step.ledger().add("arrived " + what + " at " + opened.step()),
          "comes a second time",
          opened);
      step.require(mayOpen(step), "nothing happened that opens an execution");
    }
    for (OpenExecution closed : step.changes().closed()) {
      step.require(step.ledger().add("closed " + closed.id()), "closes again", closed);
      step.require(
          !step.goesOn() || completes(step, closed) || !step.handlers().isEmpty(),
          "closed by something else",
          closed);
    }
    boolean applied = !step.changes().closed().isEmpty() && step.handlers().isEmpty();
    if (step.goesOn() && ofWorker(step.input()) && !applied) {
      step.require(
          step.changes().of(Entry.StateCell.class).isEmpty(), "a try that did not end wrote state");
      step.require(
          step.changes().of(Entry.ParkedEvent.class).stream().allMatch(c -> c.after() == null),
          "a try that did not end left an event");
    }
  }

  private static boolean completes(Step step, OpenExecution closed) {
    return step.input() instanceof RunInput.StepCompleted completed
        && completed.token().equals(closed.token());
  }

  private static boolean mayOpen(Step step) {
    RunInput input = step.input();
    // A run that fails by and by keeps what it had opened, for a redrive.
    return !(step.after() instanceof RunState.Absent)
        && (input instanceof RunInput.StartRun
            || input instanceof RunInput.ExternalEvent
            || input instanceof RunInput.TimerFired
            || input instanceof RunInput.RedriveRun
            || !step.changes().closed().isEmpty()
            || FanOutLaw.anyCloses(step));
  }

  private static boolean ofWorker(RunInput input) {
    return input instanceof RunInput.StepStarted
        || input instanceof RunInput.StepCompleted
        || input instanceof RunInput.StepFailed
        || input instanceof RunInput.StepSuspended
        || input instanceof RunInput.CompletionChunk
        || input instanceof RunInput.WorkerLost
        || input instanceof RunInput.DispatchFailed;
  }
}
