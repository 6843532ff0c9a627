package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Arrival;
import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.Entry.Phase;
import io.millrace.coordinator.core.EntryKey;
import io.millrace.coordinator.core.RunCore;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.RunStore;
import io.millrace.coordinator.core.WorkflowGraph;
import java.util.List;

/** A bug: what an execution waited for, and was told, is forgotten when it is tried again (W6). */
final class AnswerForgotten implements Rules {
  @Override
  public List<RunEffect> apply(
      WorkflowGraph graph, RunStore store, RunInput input, Arrival arrival) {
    RunStore forgetful =
        new DelegatingStore(store) {
          @Override
          public <E extends Entry> void put(EntryKey<E> key, E entry) {
            super.put(key, entry);
            if (entry instanceof OpenExecution execution && execution.phase() == Phase.RETRYING) {
              remove(EntryKey.of(Entry.Waiter.class, execution.id()));
              remove(EntryKey.of(Entry.Answers.class, execution.id()));
            }
          }
        };
    return RunCore.apply(graph, forgetful, input, arrival);
  }
}
