package io.millrace.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.coordinator.core.StepSpec;
import io.millrace.coordinator.core.WorkflowGraph;
import io.millrace.coordinator.core.WorkflowProblem;
import io.millrace.http.api.WorkflowViews.EdgeView;
import io.millrace.http.api.WorkflowViews.EventView;
import io.millrace.http.api.WorkflowViews.StepView;
import io.millrace.http.api.WorkflowViews.WorkflowDetail;
import io.millrace.http.route.Json;
import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.JoinDeclaration;
import io.millrace.protocol.StepRegistration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Registrations as the API shows them. */
final class WorkflowDetails {
  private WorkflowDetails() {}

  static WorkflowDetail of(String name, WorkflowGraph graph, List<StepRegistration> steps) {
    return new WorkflowDetail(
        name,
        startEvents(steps),
        events(steps),
        steps.stream().map(WorkflowDetails::step).toList(),
        edges(name, graph, steps),
        graph.problems(name).stream().map(WorkflowProblem::message).toList());
  }

  static List<String> startEvents(List<StepRegistration> steps) {
    return steps.stream()
        .flatMap(step -> step.getAccepts().stream())
        .filter(event -> event.getKind() == EventKind.START)
        .map(EventDeclaration::getType)
        .distinct()
        .sorted()
        .toList();
  }

  /** What a step accepts is told by its schema there: that is what events from outside must fit. */
  private static List<EventView> events(List<StepRegistration> steps) {
    Map<String, EventView> events = new TreeMap<>();
    Stream.of(
            steps.stream().flatMap(step -> step.getAccepts().stream()),
            steps.stream().flatMap(step -> step.getEmits().stream()),
            steps.stream().flatMap(step -> step.getStreams().stream()))
        .flatMap(declared -> declared)
        .forEach(
            event ->
                events.putIfAbsent(
                    event.getType(),
                    new EventView(
                        event.getType(),
                        event.getKind(),
                        Json.own(event.getSchema$(), ObjectNode.class))));
    return List.copyOf(events.values());
  }

  private static StepView step(StepRegistration step) {
    return new StepView(
        step.getStep(),
        step.getVersion(),
        types(step.getAccepts()),
        types(step.getEmits()),
        types(step.getStreams()),
        List.copyOf(step.getWaitsFor()),
        List.copyOf(step.getCatches()),
        Optional.ofNullable(step.getJoin()).map(JoinDeclaration::getKind),
        step.getConcurrency(),
        Optional.ofNullable(step.getTimeoutMillis()).map(Duration::ofMillis),
        step.getRetry().getMaxAttempts());
  }

  private static List<String> types(List<EventDeclaration> events) {
    return events.stream().map(EventDeclaration::getType).toList();
  }

  private static List<EdgeView> edges(
      String workflow, WorkflowGraph graph, List<StepRegistration> steps) {
    List<EdgeView> edges = new ArrayList<>();
    Set<String> emitted = new TreeSet<>();
    for (StepRegistration step : steps) {
      for (EventDeclaration event : step.getEmits()) {
        emitted.add(event.getType());
        List<StepSpec> takers = graph.accepting(workflow, event.getType());
        Optional<String> from = Optional.of(step.getStep());
        if (takers.isEmpty()) {
          edges.add(new EdgeView(from, event.getType(), Optional.empty(), event.getFanOut()));
        }
        for (StepSpec taker : takers) {
          edges.add(
              new EdgeView(from, event.getType(), Optional.of(taker.step()), event.getFanOut()));
        }
      }
    }
    for (StepRegistration step : steps) {
      Stream.concat(types(step.getAccepts()).stream(), step.getWaitsFor().stream())
          .filter(type -> !emitted.contains(type) && step.getCatches().isEmpty())
          .distinct()
          .forEach(
              type ->
                  edges.add(
                      new EdgeView(Optional.empty(), type, Optional.of(step.getStep()), false)));
    }
    return edges;
  }
}
