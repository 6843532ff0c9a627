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

  private final Limits limits;

  Deployments(Timeline timeline, Site site, RandomWorkflow workflow) {
    limits = limits(site);
    List<StepSpec> late = new ArrayList<>();
    boolean allThere = !site.oneIn("some come late", 4);
    for (StepSpec step : workflow.steps()) {
      if (allThere || !site.oneIn("comes late", 2)) {
        deployed.add(step);
      } else {
        late.add(step);
      }
    }
    versions.add(WorkflowGraph.of(deployed, limits));
    for (StepSpec step : late) {
      timeline.at(site.draw("comes at", 50_000), () -> deploy(step));
    }
  }

  /** Mostly nobody comes near them; some runs have hardly room to move (R10). */
  private static Limits limits(Site site) {
    Limits usual = Limits.ofDefaults();
    if (!site.oneIn("tight limits", 6)) {
      return usual;
    }
    return new Limits(
        usual.grace(),
        usual.runRetention(),
        usual.streamRetention(),
        usual.maxEventBytes(),
        200 + site.draw("state bytes", 1_000),
        1 + site.draw("open executions", 12),
        3 + site.draw("effects", 10),
        1 + site.draw("set size", 4),
        usual.maxStreamEvents(),
        site.draw("early events", 2));
  }

  private void deploy(StepSpec step) {
    deployed.add(step);
    versions.add(WorkflowGraph.of(deployed, limits));
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
