package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Arrival;
import io.millrace.coordinator.core.RunCore;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.RunStore;
import io.millrace.coordinator.core.WorkflowGraph;
import java.util.List;

/** What is simulated: the core, or the core with a bug put in. */
interface Rules {
  List<RunEffect> apply(WorkflowGraph graph, RunStore store, RunInput input, Arrival arrival);

  /** Each history has rules of its own: a bug may remember things. */
  interface Maker {
    Rules make(Deeds deeds);
  }

  static Maker real() {
    return deeds -> RunCore::apply;
  }
}
