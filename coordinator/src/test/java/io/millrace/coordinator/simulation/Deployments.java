package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Limits;
import io.millrace.coordinator.core.StepSpec;
import io.millrace.coordinator.core.WorkflowGraph;
import java.util.ArrayList;
import java.util.List;

/** Which steps are registered by now: all from the beginning, or some come late (law 14). */
final class Deployments {
  private final List<StepSpec> deployed = new ArrayList<>();
  private final List<WorkflowGraph> versions = new ArrayList<>();

  Deployments(Timeline timeline, Site site, RandomWorkflow workflow) {
    List<StepSpec> late = new ArrayList<>();
    boolean allThere = !site.oneIn("some come late", 4);
    for (StepSpec step : workflow.steps()) {
      if (allThere || !site.oneIn("comes late", 2)) {
        deployed.add(step);
      } else {
        late.add(step);
      }
    }
    versions.add(WorkflowGraph.of(deployed, Limits.ofDefaults()));
    for (StepSpec step : late) {
      timeline.at(site.draw("comes at", 50_000), () -> deploy(step));
    }
  }

  private void deploy(StepSpec step) {
    deployed.add(step);
    versions.add(WorkflowGraph.of(deployed, Limits.ofDefaults()));
  }

  WorkflowGraph graph() {
    return versions.get(versions.size() - 1);
  }

  /** What somebody sees who has not heard the latest. */
  WorkflowGraph older(int steps) {
    return versions.get(Math.max(0, versions.size() - 1 - steps));
  }

  int version() {
    return versions.size();
  }
}
