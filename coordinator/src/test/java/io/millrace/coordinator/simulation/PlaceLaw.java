package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Counters;
import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.Entry.Phase;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.StepBuilder;
import io.millrace.coordinator.core.StepSpec;
import java.util.HashMap;
import java.util.Map;

/**
 * A step takes no more places than it has (S7), nobody is tried more often than allowed (E1, E3),
 * and the head's counters are what they count.
 */
final class PlaceLaw implements Law {
  private int checks;

  @Override
  public void check(Step step) {
    if (!(step.after() instanceof RunState.Running)) {
      return;
    }
    Map<String, Integer> taken = new HashMap<>();
    for (var open : step.all(OpenExecution.class)) {
      OpenExecution execution = open.entry();
      if (execution.phase() != Phase.QUEUED && execution.phase() != Phase.SUSPENDED) {
        taken.merge(execution.step(), 1, Integer::sum);
      }
      StepSpec spec = step.graph().step(StepBuilder.WORKFLOW, execution.step());
      step.require(
          spec == null
              || (execution.attempt() <= spec.retry().maxAttempts()
                  && execution.lost() < spec.maxLost()),
          "tried too often",
          execution);
    }
    taken.forEach(
        (name, count) -> {
          StepSpec spec = step.graph().step(StepBuilder.WORKFLOW, name);
          step.require(
              spec == null || count <= spec.maxOpenPerRun(), "too many places", name, count);
        });
    // Counts all there is, which is dear.
    if (checks++ % 32 == 0) {
      Counters.check(step.store());
    }
  }
}
