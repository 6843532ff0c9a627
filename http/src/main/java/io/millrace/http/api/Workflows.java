package io.millrace.http.api;

import io.millrace.UnknownWorkflowException;
import io.millrace.coordinator.index.WorkflowOutline;
import io.millrace.coordinator.topology.StepBook;
import io.millrace.http.api.WorkflowViews.WorkflowDetail;
import io.millrace.http.api.WorkflowViews.WorkflowList;
import io.millrace.http.route.Access;
import io.millrace.http.route.Answer;
import io.millrace.http.route.Call;
import io.millrace.http.route.Parameter;
import io.millrace.http.route.ProblemKind;
import io.millrace.http.route.Route;
import java.util.List;
import java.util.function.UnaryOperator;

/** What can be run. */
final class Workflows {
  private final StepBook book;
  private final UnaryOperator<WorkflowOutline> awaited;

  Workflows(StepBook book, UnaryOperator<WorkflowOutline> awaited) {
    this.book = book;
    this.awaited = awaited;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
                "/api/workflows",
                Access.VIEW,
                "listWorkflows",
                "The workflows that have steps",
                this::list)
            .answering(200, "All of them", WorkflowList.class),
        Route.get(
                "/api/workflows/{workflow}",
                Access.VIEW,
                "getWorkflow",
                "A workflow's start events with their schemas, its steps and its graph",
                this::one)
            .with(Parameter.path("workflow", "Name of the workflow."))
            .answering(200, "The workflow", WorkflowDetail.class)
            .failing(ProblemKind.UNKNOWN_WORKFLOW));
  }

  private Answer list(Call call) {
    return Answer.ok(
        new WorkflowList(
            book.get().workflows().stream()
                .map(name -> WorkflowDetails.summary(WorkflowOutline.of(book, name)))
                .toList()));
  }

  private Answer one(Call call) {
    String name = call.path("workflow");
    requireKnown(book, name);
    return Answer.ok(WorkflowDetails.of(awaited.apply(WorkflowOutline.of(book, name))));
  }

  /**
   * @throws UnknownWorkflowException at once: a caller of the API is not kept waiting for a
   *     workflow that may never come
   */
  static void requireKnown(StepBook book, String workflow) {
    if (!book.get().knows(workflow)) {
      throw new UnknownWorkflowException(
          "workflow "
              + workflow
              + " has no steps; start its workers, or look at GET /api/workflows for the names",
          book.get().workflows());
    }
  }
}
