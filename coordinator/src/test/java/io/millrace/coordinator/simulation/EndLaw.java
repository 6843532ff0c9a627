package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.Outcome;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.RunState;

/**
 * One outcome per run, an end is an end, nothing leaves after it, and each fact is published once.
 */
final class EndLaw implements Law {
  @Override
  public void check(Step step) {
    if (step.before() instanceof RunState.Finished ended
        && !(step.after() instanceof RunState.Absent)) {
      step.require(
          step.after().equals(ended) || isRedriven(step, ended), "an ended run was changed");
    }
    int ends = 0;
    for (RunEffect effect : step.effects()) {
      if (effect instanceof RunEffect.EndRun end) {
        ends++;
        Outcome outcome = end.outcome();
        step.require(
            step.ledger().add("end " + step.life() + "/" + outcome.epoch()),
            "a second outcome",
            outcome);
        step.require(
            step.after() instanceof RunState.Finished now && now.outcome().equals(outcome),
            "the run has another outcome than it told");
      } else if (effect instanceof RunEffect.Publish publish) {
        step.require(
            step.ledger().add("published " + step.life() + " " + publish.id()),
            "published before",
            publish.id());
      } else if (effect instanceof RunEffect.Dispatch) {
        step.require(step.after() instanceof RunState.Running, "work for a run that is over");
      }
    }
    boolean ended =
        step.before() instanceof RunState.Running && step.after() instanceof RunState.Finished;
    step.require(ends == 1 || !ended, "an end without an outcome");
    if (step.after() instanceof RunState.Absent && !(step.before() instanceof RunState.Absent)) {
      for (var kind : Entry.class.getPermittedSubclasses()) {
        step.require(isEmpty(step, kind), "a trace of the run is left", kind);
      }
    }
  }

  /** The one way out of an end: a failed run goes on in its next epoch (law 16). */
  private static boolean isRedriven(Step step, RunState.Finished ended) {
    return step.input() instanceof RunInput.RedriveRun
        && ended.outcome().status() == Outcome.Status.FAILED
        && step.after() instanceof RunState.Running running
        && running.epoch() == ended.outcome().epoch() + 1;
  }

  private static boolean isEmpty(Step step, Class<?> kind) {
    return !Entry.class.isAssignableFrom(kind)
        || step.store().scan(kind.asSubclass(Entry.class), null, 1).isEmpty();
  }
}
