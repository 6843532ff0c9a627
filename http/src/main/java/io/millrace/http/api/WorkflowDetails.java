package io.millrace.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.coordinator.core.WorkflowProblem;
import io.millrace.coordinator.index.WorkflowEdge;
import io.millrace.coordinator.index.WorkflowEvent;
import io.millrace.coordinator.index.WorkflowOutline;
import io.millrace.coordinator.index.WorkflowStep;
import io.millrace.http.api.WorkflowViews.EdgeView;
import io.millrace.http.api.WorkflowViews.EventView;
import io.millrace.http.api.WorkflowViews.StepView;
import io.millrace.http.api.WorkflowViews.WorkflowDetail;
import io.millrace.http.api.WorkflowViews.WorkflowSummary;
import io.millrace.http.route.Json;

/** Outlines of workflows as the API shows them. */
final class WorkflowDetails {
  private WorkflowDetails() {}

  static WorkflowDetail of(WorkflowOutline workflow) {
    return new WorkflowDetail(
        workflow.name(),
        workflow.startEvents(),
        workflow.events().stream().map(WorkflowDetails::event).toList(),
        workflow.steps().stream().map(WorkflowDetails::step).toList(),
        workflow.edges().stream().map(WorkflowDetails::edge).toList(),
        workflow.problems().stream().map(WorkflowProblem::message).toList());
  }

  static WorkflowSummary summary(WorkflowOutline workflow) {
    return new WorkflowSummary(
        workflow.name(),
        workflow.startEvents(),
        workflow.steps().stream().map(WorkflowStep::name).toList());
  }

  private static EventView event(WorkflowEvent event) {
    return new EventView(event.type(), event.kind(), Json.own(event.schema(), ObjectNode.class));
  }

  private static StepView step(WorkflowStep step) {
    return new StepView(
        step.name(),
        step.version(),
        step.accepts(),
        step.emits(),
        step.streams(),
        step.waitsFor(),
        step.catches(),
        step.join(),
        step.concurrency(),
        step.timeout(),
        step.maxAttempts());
  }

  private static EdgeView edge(WorkflowEdge edge) {
    return new EdgeView(edge.from(), edge.event(), edge.to(), edge.fanOut());
  }
}
