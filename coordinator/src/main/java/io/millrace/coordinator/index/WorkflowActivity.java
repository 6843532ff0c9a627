package io.millrace.coordinator.index;

import io.millrace.coordinator.core.Entry;
import io.millrace.protocol.RunStatus;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What goes on in a workflow at one moment.
 *
 * @param runs how many are remembered, by status; those that are none are left out
 * @param steps open executions of running runs, by step; steps without any are left out
 */
public record WorkflowActivity(
    String workflow, Map<RunStatus, Integer> runs, Map<String, Map<Entry.Phase, Integer>> steps) {
  public WorkflowActivity {
    runs = Collections.unmodifiableMap(new TreeMap<>(runs));
    steps = Collections.unmodifiableMap(new TreeMap<>(steps));
  }
}
