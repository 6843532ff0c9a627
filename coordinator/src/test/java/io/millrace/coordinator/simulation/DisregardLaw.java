package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunEffect.Reason;
import java.util.EnumSet;
import java.util.Set;

/** What is disregarded changes nothing, unless the graph changed meanwhile. */
final class DisregardLaw implements Law {
  private static final Set<Reason> IDLE =
      EnumSet.of(
          Reason.UNKNOWN_RUN,
          Reason.RUN_FINISHED,
          Reason.UNKNOWN_EXECUTION,
          Reason.STALE_TOKEN,
          Reason.STALE_TIMER,
          Reason.DUPLICATE);

  @Override
  public void check(Step step) {
    for (RunEffect effect : step.effects()) {
      if (effect instanceof RunEffect.Disregard disregard
          && IDLE.contains(disregard.reason())
          && step.sameGraph()) {
        step.require(
            step.changes().none() && step.after().equals(step.before()),
            "disregarded, yet something changed");
      }
    }
  }
}
