package io.millrace.coordinator.index;

import io.millrace.coordinator.core.WorkflowGraph;
import io.millrace.coordinator.core.WorkflowProblem;
import io.millrace.coordinator.topology.StepBook;
import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.StepRegistration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A workflow as its steps have registered it, for whoever shows it.
 *
 * @param startEvents types that begin a run; normally one
 * @param events every type that a step declares, by name
 * @param steps by name
 * @param edges which step's events go where
 * @param problems what is wrong with it
 */
public record WorkflowOutline(
    String name,
    List<String> startEvents,
    List<WorkflowEvent> events,
    List<WorkflowStep> steps,
    List<WorkflowEdge> edges,
    List<WorkflowProblem> problems) {
  public WorkflowOutline {
    startEvents = List.copyOf(startEvents);
    events = List.copyOf(events);
    steps = List.copyOf(steps);
    edges = List.copyOf(edges);
    problems = List.copyOf(problems);
  }

  /** One without steps for a workflow that nobody has registered. */
  public static WorkflowOutline of(StepBook book, String workflow) {
    WorkflowGraph graph = book.get();
    List<StepRegistration> steps = book.registrations(workflow);
    return new WorkflowOutline(
        workflow,
        startEvents(steps),
        events(steps),
        steps.stream().map(WorkflowStep::of).toList(),
        WorkflowEdges.of(workflow, graph, steps),
        graph.problems(workflow));
  }

  private static List<String> startEvents(List<StepRegistration> steps) {
    return steps.stream()
        .flatMap(step -> step.getAccepts().stream())
        .filter(event -> event.getKind() == EventKind.START)
        .map(EventDeclaration::getType)
        .distinct()
        .sorted()
        .toList();
  }

  /** What a step accepts is told by its schema there: that is what events from outside must fit. */
  private static List<WorkflowEvent> events(List<StepRegistration> steps) {
    Map<String, WorkflowEvent> events = new TreeMap<>();
    Stream.of(
            steps.stream().flatMap(step -> step.getAccepts().stream()),
            steps.stream().flatMap(step -> step.getEmits().stream()),
            steps.stream().flatMap(step -> step.getStreams().stream()))
        .flatMap(declared -> declared)
        .forEach(
            event ->
                events.putIfAbsent(
                    event.getType(),
                    new WorkflowEvent(event.getType(), event.getKind(), event.getSchema$())));
    return List.copyOf(events.values());
  }
}
