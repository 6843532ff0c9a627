package io.millrace.coordinator.topology;

import io.millrace.coordinator.core.Arrival;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.RunStore;
import io.millrace.coordinator.core.WorkflowGraph;
import java.util.List;

/** The core as the shell calls it. */
@FunctionalInterface
public interface RunRules {
  List<RunEffect> apply(WorkflowGraph graph, RunStore store, RunInput input, Arrival arrival);
}
