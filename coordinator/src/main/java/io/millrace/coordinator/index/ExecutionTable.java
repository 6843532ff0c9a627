package io.millrace.coordinator.index;

import io.millrace.coordinator.core.Entry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The open executions of all runs, some 150 bytes each. Thread-safe. */
final class ExecutionTable {
  private record Open(String step, Entry.Phase phase) {}

  private final Map<String, Map<String, Open>> byRun = new HashMap<>();

  synchronized void put(String runId, Entry.OpenExecution execution) {
    byRun
        .computeIfAbsent(runId, run -> new HashMap<>())
        .put(execution.id(), new Open(execution.step().intern(), execution.phase()));
  }

  synchronized void remove(String runId, String executionId) {
    Map<String, Open> run = byRun.get(runId);
    if (run != null) {
      run.remove(executionId);
      if (run.isEmpty()) {
        byRun.remove(runId);
      }
    }
  }

  synchronized void clear() {
    byRun.clear();
  }

  /**
   * How many there are, by workflow, step and phase.
   *
   * @param workflowOf of a run that goes on; null for a run whose executions do not count
   */
  synchronized Map<String, Map<String, Map<Entry.Phase, Integer>>> count(
      Function<String, @Nullable String> workflowOf) {
    Map<String, Map<String, Map<Entry.Phase, Integer>>> counts = new TreeMap<>();
    byRun.forEach(
        (runId, executions) -> {
          String workflow = workflowOf.apply(runId);
          if (workflow != null) {
            Map<String, Map<Entry.Phase, Integer>> steps =
                counts.computeIfAbsent(workflow, name -> new TreeMap<>());
            executions
                .values()
                .forEach(
                    open ->
                        steps
                            .computeIfAbsent(open.step(), s -> new EnumMap<>(Entry.Phase.class))
                            .merge(open.phase(), 1, Integer::sum));
          }
        });
    return counts;
  }
}
