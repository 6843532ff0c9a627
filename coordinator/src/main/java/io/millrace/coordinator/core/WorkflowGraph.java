package io.millrace.coordinator.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All registered steps, the highest version of each (law 14), and the limits. Immutable; safe to
 * share between threads.
 */
public final class WorkflowGraph {
  /** The steps of a workflow, by name, and what follows from them. */
  private record Known(
      Map<String, StepSpec> steps,
      List<String> waitedFor,
      Subtypes subtypes,
      FanOutGraph fanOuts,
      List<WorkflowProblem> problems) {
    static final Known NOTHING = of(Map.of());

    static Known of(Map<String, StepSpec> steps) {
      Set<String> waits = new TreeSet<>();
      steps.values().forEach(step -> waits.addAll(step.waitsFor()));
      Subtypes types = new Subtypes(steps.values());
      return new Known(
          steps,
          List.copyOf(waits),
          types,
          new FanOutGraph(steps.values(), types),
          WorkflowCheck.problems(steps.values(), types));
    }
  }

  private final Map<String, Known> workflows;
  private final Limits limits;
  private final boolean soundOnly;

  private WorkflowGraph(Map<String, Known> workflows, Limits limits, boolean soundOnly) {
    this.workflows = workflows;
    this.limits = limits;
    this.soundOnly = soundOnly;
  }

  /** A graph whose workflows start whatever their problems are. */
  public static WorkflowGraph of(Collection<StepSpec> steps, Limits limits) {
    return of(steps, limits, false);
  }

  /**
   * @param soundOnly whether starts of a workflow that has problems are refused (S9)
   */
  public static WorkflowGraph of(Collection<StepSpec> steps, Limits limits, boolean soundOnly) {
    Map<String, List<StepSpec>> byWorkflow = new TreeMap<>();
    for (StepSpec step : steps) {
      byWorkflow.computeIfAbsent(step.workflow(), w -> new ArrayList<>()).add(step);
    }
    Map<String, Known> workflows = new TreeMap<>();
    byWorkflow.forEach((workflow, own) -> workflows.put(workflow, Known.of(newest(own))));
    return new WorkflowGraph(workflows, limits, soundOnly);
  }

  /**
   * This graph with other steps for one workflow. Costs what that workflow is large, whatever else
   * there is.
   *
   * @param steps all of its steps; none: it is no longer known
   */
  public WorkflowGraph with(String workflow, Collection<StepSpec> steps) {
    Map<String, Known> all = new TreeMap<>(workflows);
    if (steps.isEmpty()) {
      all.remove(workflow);
    } else {
      all.put(workflow, Known.of(newest(steps)));
    }
    return new WorkflowGraph(all, limits, soundOnly);
  }

  private static Map<String, StepSpec> newest(Collection<StepSpec> steps) {
    Map<String, StepSpec> newest = new TreeMap<>();
    for (StepSpec step : steps) {
      newest.merge(step.step(), step, (a, b) -> a.version() > b.version() ? a : b);
    }
    return newest;
  }

  public Limits limits() {
    return limits;
  }

  public boolean knows(String workflow) {
    return workflows.containsKey(workflow);
  }

  /** The names of all workflows that have steps, sorted. */
  public Set<String> workflows() {
    return Collections.unmodifiableSet(workflows.keySet());
  }

  /** Whether problems of the workflow keep its runs from starting (S9). */
  boolean mayStart(String workflow) {
    return !soundOnly || problems(workflow).isEmpty();
  }

  /** What is wrong with the workflow (S9); empty for a sound one, and for an unknown one. */
  public List<WorkflowProblem> problems(String workflow) {
    return known(workflow).problems();
  }

  /** Null when no such step is registered. */
  public @Nullable StepSpec step(String workflow, String step) {
    return known(workflow).steps().get(step);
  }

  /** All steps of a workflow, by name. */
  public Collection<StepSpec> steps(String workflow) {
    return Collections.unmodifiableCollection(known(workflow).steps().values());
  }

  /** Steps that accept exactly this type, or a supertype if they opt in (S1), by name. */
  public List<StepSpec> accepting(String workflow, String eventType) {
    List<StepSpec> found = new ArrayList<>();
    for (StepSpec step : steps(workflow)) {
      if (acceptedAs(step, eventType) != null) {
        found.add(step);
      }
    }
    return found;
  }

  /** The types that some step may wait for in the middle of an attempt, sorted. */
  public List<String> waitedFor(String workflow) {
    return known(workflow).waitedFor();
  }

  /** The accepted type that the event's type stands for at that step; null: it does not take it. */
  @Nullable String acceptedAs(StepSpec step, String eventType) {
    return known(step.workflow()).subtypes().acceptedAs(step, eventType);
  }

  /** The joins that a fan-out of this step leads to (C7), sorted by name. */
  Set<String> fanOutJoins(String workflow, String step) {
    return known(workflow).fanOuts().joinsOf(step);
  }

  /** The types that a run of the workflow may begin with; empty while no such step is known. */
  Set<String> startTypes(String workflow) {
    Set<String> types = new TreeSet<>();
    for (StepSpec step : steps(workflow)) {
      step.accepts().forEach((type, kind) -> addIf(kind == EventKind.START, types, type));
    }
    return types;
  }

  /**
   * Whether some step accepts an event that only the outside can produce: a human's response, or a
   * type that no step emits (R6). A start has happened already, and what failure handlers accept
   * comes from the coordinator.
   */
  boolean fedFromOutside(String workflow) {
    Collection<StepSpec> steps = steps(workflow);
    return steps.stream().anyMatch(step -> fedFromOutside(step, steps));
  }

  private boolean fedFromOutside(StepSpec step, Collection<StepSpec> steps) {
    return step.accepts().containsValue(EventKind.HUMAN_RESPONSE)
        || step.catches().isEmpty()
            && step.accepts().entrySet().stream()
                .filter(accepted -> accepted.getValue() != EventKind.START)
                .anyMatch(accepted -> !isEmitted(step, accepted.getKey(), steps));
  }

  private boolean isEmitted(StepSpec taker, String accepted, Collection<StepSpec> steps) {
    Subtypes types = known(taker.workflow()).subtypes();
    return steps.stream()
        .flatMap(step -> step.emits().keySet().stream())
        .anyMatch(type -> types.isA(taker, type, accepted));
  }

  private Known known(String workflow) {
    return workflows.getOrDefault(workflow, Known.NOTHING);
  }

  private static void addIf(boolean condition, Set<String> types, String type) {
    if (condition) {
      types.add(type);
    }
  }
}
