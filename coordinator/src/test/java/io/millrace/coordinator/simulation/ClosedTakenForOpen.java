package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Arrival;
import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.EntryKey;
import io.millrace.coordinator.core.RunCore;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.RunStore;
import io.millrace.coordinator.core.WorkflowGraph;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A bug: nobody asks whether the execution that completes is open. */
final class ClosedTakenForOpen implements Rules {
  private final Map<String, OpenExecution> everOpen = new HashMap<>();

  @Override
  public List<RunEffect> apply(
      WorkflowGraph graph, RunStore store, RunInput input, Arrival arrival) {
    if (store.state() instanceof RunState.Running && input instanceof RunInput.StepCompleted done) {
      String id = done.token().executionId();
      OpenExecution last = everOpen.get(id);
      boolean closed = store.get(EntryKey.of(OpenExecution.class, id)) == null;
      if (closed && last != null && last.token().equals(done.token())) {
        Reopening.reopen(store, last);
      }
    }
    RunStore remembering =
        new DelegatingStore(store) {
          @Override
          public void remove(EntryKey<?> key) {
            if (store.get(key) instanceof OpenExecution execution) {
              everOpen.put(execution.id(), execution);
            }
            super.remove(key);
          }
        };
    return RunCore.apply(graph, remembering, input, arrival);
  }
}
