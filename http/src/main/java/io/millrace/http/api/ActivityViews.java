package io.millrace.http.api;

import io.millrace.http.openapi.Doc;
import io.millrace.protocol.RunStatus;
import java.util.List;
import java.util.Map;

/** What goes on, as the API shows it. */
final class ActivityViews {
  private ActivityViews() {}

  @Doc("What goes on now, by workflow.")
  record ActivityList(List<WorkflowActivityView> workflows) {}

  record WorkflowActivityView(
      String workflow,
      @Doc("Number of remembered runs, by status; those that are none are left out.")
          Map<RunStatus, Integer> runs,
      @Doc("Steps with open executions of running runs.") List<StepActivity> steps) {}

  record StepActivity(
      String step,
      @Doc(
              "Waiting for their turn: the run has too many of the step open, or updates the same"
                  + " state.")
          int queued,
      @Doc("Sent out, and not yet adopted by a worker.") int dispatched,
      @Doc("Adopted by a worker.") int running,
      @Doc("Between two attempts.") int retrying,
      @Doc("Waiting for an event.") int suspended) {}
}
