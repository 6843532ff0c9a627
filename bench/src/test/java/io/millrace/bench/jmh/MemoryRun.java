package io.millrace.bench.jmh;

import io.millrace.coordinator.core.Arrival;
import io.millrace.coordinator.core.MemoryRunStore;
import io.millrace.coordinator.core.RunCore;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.StepEffect;
import io.millrace.coordinator.core.WorkflowGraph;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** One run on the core, in memory; each execution is completed in the order of its dispatch. */
final class MemoryRun {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final WorkflowGraph graph;
  private final MemoryRunStore store = new MemoryRunStore("run-1");
  private final Deque<RunEffect.Target> dispatched = new ArrayDeque<>();
  private long offset;

  MemoryRun(WorkflowGraph graph) {
    this.graph = graph;
  }

  MemoryRunStore store() {
    return store;
  }

  /** Applies one input; what it dispatches waits for {@link #complete}. */
  List<RunEffect> apply(RunInput input) {
    List<RunEffect> effects = RunCore.apply(graph, store, input, new Arrival(offset++, NOW));
    store.commit();
    for (RunEffect effect : effects) {
      if (effect instanceof RunEffect.Dispatch dispatch) {
        dispatched.addAll(dispatch.targets());
      }
    }
    return effects;
  }

  /** Completes the execution that was dispatched first. */
  List<RunEffect> complete(Function<RunEffect.Target, List<StepEffect>> steps) {
    return apply(Inputs.completed(dispatched.removeFirst(), steps));
  }

  /** From the start to the outcome: returns the effects of the input that ended the run. */
  List<RunEffect> live(Function<RunEffect.Target, List<StepEffect>> steps) {
    List<RunEffect> last = apply(Inputs.start());
    while (!dispatched.isEmpty()) {
      last = complete(steps);
    }
    return last;
  }
}
