package io.millrace.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.http.openapi.Doc;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.JoinKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Workflows as the API shows them. */
final class WorkflowViews {
  private WorkflowViews() {}

  @Doc("The workflows that have steps, by name.")
  record WorkflowList(List<WorkflowSummary> workflows) {}

  record WorkflowSummary(
      String name,
      @Doc("Event types that begin a run; normally one.") List<String> startEvents,
      List<String> steps) {}

  @Doc("A workflow as its steps have registered it.")
  record WorkflowDetail(
      String name,
      @Doc("Event types that begin a run; normally one.") List<String> startEvents,
      @Doc("Every event type that a step declares or waits for, with its schema.")
          List<EventView> events,
      List<StepView> steps,
      @Doc("Which step's events go where.") List<EdgeView> graph,
      @Doc("What is wrong with it; starts are refused while anything is.") List<String> problems) {}

  record EventView(
      String type,
      EventKind kind,
      @Doc("Its Avro schema. Events are sent as plain JSON that fits it.") ObjectNode schema) {}

  record StepView(
      String name,
      int version,
      List<String> accepts,
      List<String> emits,
      List<String> streams,
      @Doc("Types that it may wait for in the middle of an attempt.") List<String> waitsFor,
      @Doc("Steps whose exhausted failures it handles; * stands for all.") List<String> catches,
      @Doc("Set if it is invoked with sets of events.") Optional<JoinKind> join,
      @Doc("Attempts at once in one worker process.") int concurrency,
      @Doc("Of one attempt.") Optional<Duration> timeout,
      @Doc("1: no retry.") int maxAttempts) {}

  @Doc("An event type's way through the graph.")
  record EdgeView(
      @Doc("Step that emits it; absent: it comes from outside.") Optional<String> from,
      String event,
      @Doc("Step that accepts it; absent: it ends the run, or goes outside.") Optional<String> to,
      @Doc("Returned in a list: a fan-out.") boolean fanOut) {}
}
