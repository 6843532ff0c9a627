package io.millrace.coordinator.index;

import io.millrace.coordinator.core.StepSpec;
import io.millrace.coordinator.core.WorkflowGraph;
import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.StepRegistration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which step's events go where. */
final class WorkflowEdges {
  private WorkflowEdges() {}

  static List<WorkflowEdge> of(String workflow, WorkflowGraph graph, List<StepRegistration> steps) {
    List<WorkflowEdge> edges = new ArrayList<>();
    Set<String> emitted = new TreeSet<>();
    for (StepRegistration step : steps) {
      for (EventDeclaration event : step.getEmits()) {
        emitted.add(event.getType());
        edges.addAll(emitted(step.getStep(), event, graph.accepting(workflow, event.getType())));
      }
    }
    for (StepRegistration step : steps) {
      edges.addAll(fromOutside(step, emitted));
    }
    return edges;
  }

  private static List<WorkflowEdge> emitted(
      String step, EventDeclaration event, List<StepSpec> takers) {
    Optional<String> from = Optional.of(step);
    if (takers.isEmpty()) {
      return List.of(new WorkflowEdge(from, event.getType(), Optional.empty(), event.getFanOut()));
    }
    return takers.stream()
        .map(
            taker ->
                new WorkflowEdge(
                    from, event.getType(), Optional.of(taker.step()), event.getFanOut()))
        .toList();
  }

  /** What no step emits; a step that catches failures takes them from the coordinator. */
  private static List<WorkflowEdge> fromOutside(StepRegistration step, Set<String> emitted) {
    return Stream.concat(
            step.getAccepts().stream().map(EventDeclaration::getType), step.getWaitsFor().stream())
        .filter(type -> !emitted.contains(type) && step.getCatches().isEmpty())
        .distinct()
        .map(type -> new WorkflowEdge(Optional.empty(), type, Optional.of(step.getStep()), false))
        .toList();
  }
}
