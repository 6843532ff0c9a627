package io.millrace.coordinator.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All registered steps, the highest version of each (law 14), and the limits. Immutable; safe to
 * share between threads.
 */
public final class WorkflowGraph {
  private final Map<String, Map<String, StepSpec>> workflows;
  private final Limits limits;

  private WorkflowGraph(Map<String, Map<String, StepSpec>> workflows, Limits limits) {
    this.workflows = workflows;
    this.limits = limits;
  }

  public static WorkflowGraph of(Collection<StepSpec> steps, Limits limits) {
    Map<String, Map<String, StepSpec>> byWorkflow = new TreeMap<>();
    for (StepSpec step : steps) {
      byWorkflow
          .computeIfAbsent(step.workflow(), w -> new TreeMap<>())
          .merge(step.step(), step, (a, b) -> a.version() > b.version() ? a : b);
    }
    return new WorkflowGraph(byWorkflow, limits);
  }

  public Limits limits() {
    return limits;
  }

  public boolean knows(String workflow) {
    return workflows.containsKey(workflow);
  }

  /** Null when no such step is registered. */
  public @Nullable StepSpec step(String workflow, String step) {
    return workflows.getOrDefault(workflow, Map.of()).get(step);
  }

  /** All steps of a workflow, by name. */
  public Collection<StepSpec> steps(String workflow) {
    return Collections.unmodifiableCollection(workflows.getOrDefault(workflow, Map.of()).values());
  }

  /** Steps that accept exactly this type (S1), by name. */
  public List<StepSpec> accepting(String workflow, String eventType) {
    List<StepSpec> found = new ArrayList<>();
    for (StepSpec step : steps(workflow)) {
      if (step.accepts().containsKey(eventType)) {
        found.add(step);
      }
    }
    return found;
  }
}
