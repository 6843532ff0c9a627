package io.millrace.coordinator.core;

import io.millrace.coordinator.core.WorkflowProblem.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is wrong with a workflow as a graph of steps and event types (S9). A step is reached if an
 * event of a type it accepts can come to be; it leads on if from one of its events a stop event or
 * a question to a human can come to be. A step that emits nothing at all is meant to be an end.
 */
final class WorkflowCheck {
  /** The event of failure handlers, which the coordinator makes. */
  private static final String FAILURE = "StepFailedEvent";

  private final Collection<StepSpec> steps;
  private final Subtypes subtypes;
  private final Map<String, EventKind> emitted = new TreeMap<>();
  private final Map<String, EventKind> accepted = new TreeMap<>();
  private final Set<String> awaited = new TreeSet<>();
  private final List<WorkflowProblem> problems = new ArrayList<>();

  private WorkflowCheck(Collection<StepSpec> steps, Subtypes subtypes) {
    this.steps = steps;
    this.subtypes = subtypes;
    for (StepSpec step : steps) {
      emitted.putAll(step.emits());
      accepted.putAll(step.accepts());
      awaited.addAll(step.waitsFor());
    }
  }

  /** All problems, in the order of their kinds, then by name; empty: the workflow is sound. */
  static List<WorkflowProblem> problems(Collection<StepSpec> steps, Subtypes subtypes) {
    WorkflowCheck check = new WorkflowCheck(steps, subtypes);
    check.ends();
    check.acceptedStops();
    check.unreachable();
    check.deadEnds();
    check.unconsumed();
    check.unproduced();
    return List.copyOf(check.problems);
  }

  private void ends() {
    if (!accepted.containsValue(EventKind.START)) {
      add(Kind.NO_START, "", "", "no step accepts a start event, so no run can begin");
    }
    if (!emitted.containsValue(EventKind.STOP)) {
      add(Kind.NO_STOP, "", "", "no step emits a stop event, so no run can complete");
    }
  }

  private void acceptedStops() {
    for (StepSpec step : steps) {
      step.accepts()
          .forEach(
              (type, kind) -> {
                if (kind == EventKind.STOP) {
                  String why = " accepts the stop event " + type + ", which ends the run instead";
                  add(Kind.ACCEPTS_STOP, step.step(), type, "step " + step.step() + why);
                }
              });
    }
  }

  private void unreachable() {
    Set<String> live = new TreeSet<>();
    accepted.forEach((type, kind) -> addIf(fromOutside(type, kind), live, type));
    Set<String> reached = new TreeSet<>();
    for (boolean more = true; more; ) {
      more = false;
      for (StepSpec step : steps) {
        if (takesOneOf(step, live) && reached.add(step.step())) {
          live.addAll(step.emits().keySet());
          more = true;
        }
      }
    }
    for (StepSpec step : steps) {
      if (!reached.contains(step.step())) {
        String why = " is never reached: nothing leads to " + step.accepts().keySet();
        add(Kind.UNREACHABLE, step.step(), "", "step " + step.step() + why);
      }
    }
  }

  private void deadEnds() {
    Set<String> leadsOn = new TreeSet<>(awaited);
    emitted.forEach(
        (type, kind) ->
            addIf(kind == EventKind.STOP || kind == EventKind.INPUT_REQUIRED, leadsOn, type));
    Set<String> good = new TreeSet<>();
    for (boolean more = true; more; ) {
      more = false;
      for (StepSpec step : steps) {
        boolean on = step.emits().keySet().stream().anyMatch(leadsOn::contains);
        if (on && good.add(step.step())) {
          emitted.keySet().stream()
              .filter(type -> subtypes.takes(step, type))
              .forEach(leadsOn::add);
          more = true;
        }
      }
    }
    for (StepSpec step : steps) {
      if (!step.emits().isEmpty() && !good.contains(step.step())) {
        String why =
            " is a dead end: nothing it emits leads to a stop event or to a human, "
                + step.emits().keySet();
        add(Kind.DEAD_END, step.step(), "", "step " + step.step() + why);
      }
    }
  }

  private void unconsumed() {
    emitted.forEach(
        (type, kind) -> {
          boolean byRun = kind == EventKind.STOP || kind == EventKind.INPUT_REQUIRED;
          if (!byRun
              && !awaited.contains(type)
              && steps.stream().noneMatch(s -> subtypes.takes(s, type))) {
            String by = " is produced by " + emitters(type) + " and never consumed";
            add(Kind.NEVER_CONSUMED, "", type, "event " + type + by);
          }
        });
  }

  private void unproduced() {
    accepted.forEach(
        (type, kind) -> {
          if (kind != EventKind.STOP && !fromOutside(type, kind) && !produced(type)) {
            String by = " is consumed by " + takers(type) + " and never produced";
            add(
                Kind.NEVER_PRODUCED,
                "",
                type,
                "event " + type + by + "; if it comes from outside, make it a HumanResponseEvent");
          }
        });
  }

  private boolean produced(String type) {
    return emitted.containsKey(type)
        || steps.stream().anyMatch(step -> step.acceptsSubtypes() && fed(step, type));
  }

  private boolean fed(StepSpec step, String type) {
    return step.accepts().containsKey(type)
        && emitted.keySet().stream().anyMatch(below -> subtypes.isBelow(below, type));
  }

  private static boolean fromOutside(String type, EventKind kind) {
    return kind == EventKind.START || kind == EventKind.HUMAN_RESPONSE || type.equals(FAILURE);
  }

  private boolean takesOneOf(StepSpec step, Set<String> types) {
    return types.stream().anyMatch(type -> subtypes.takes(step, type));
  }

  private Set<String> emitters(String type) {
    Set<String> names = new TreeSet<>();
    steps.forEach(step -> addIf(step.emits().containsKey(type), names, step.step()));
    return names;
  }

  private Set<String> takers(String type) {
    Set<String> names = new TreeSet<>();
    steps.forEach(step -> addIf(step.accepts().containsKey(type), names, step.step()));
    return names;
  }

  private static void addIf(boolean condition, Set<String> names, String name) {
    if (condition) {
      names.add(name);
    }
  }

  private void add(Kind kind, String step, String eventType, String message) {
    problems.add(new WorkflowProblem(kind, step, eventType, message));
  }
}
