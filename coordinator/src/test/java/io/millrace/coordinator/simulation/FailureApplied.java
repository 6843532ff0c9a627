package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Arrival;
import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.EntryKey;
import io.millrace.coordinator.core.RunCore;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.RunStore;
import io.millrace.coordinator.core.StepEffect;
import io.millrace.coordinator.core.WorkflowGraph;
import java.util.ArrayList;
import java.util.List;

/** A bug: what an attempt had done before it failed is applied, and then it is tried again. */
final class FailureApplied implements Rules {
  /** What tries that failed had done. */
  interface Undone {
    List<StepEffect> of(String tryId);
  }

  private final Undone undone;

  FailureApplied(Undone undone) {
    this.undone = undone;
  }

  @Override
  public List<RunEffect> apply(
      WorkflowGraph graph, RunStore store, RunInput input, Arrival arrival) {
    List<RunEffect> effects = new ArrayList<>();
    if (store.state() instanceof RunState.Running && input instanceof RunInput.StepFailed failed) {
      EntryKey<OpenExecution> key = EntryKey.of(OpenExecution.class, failed.token().executionId());
      OpenExecution open = store.get(key);
      List<StepEffect> done = undone.of(failed.tryId());
      if (open != null && open.token().equals(failed.token()) && !done.isEmpty()) {
        RunInput asIfCompleted =
            new RunInput.StepCompleted(
                failed.token(), failed.worker(), failed.tryId(), 0, 0, done, 0);
        effects.addAll(RunCore.apply(graph, store, asIfCompleted, arrival));
        if (store.get(key) == null) {
          Reopening.reopen(store, open);
        }
      }
    }
    effects.addAll(RunCore.apply(graph, store, input, arrival));
    return effects;
  }
}
