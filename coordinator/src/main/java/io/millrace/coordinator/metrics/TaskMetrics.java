package io.millrace.coordinator.metrics;

import io.millrace.coordinator.core.RunState;
import java.util.Map;

/**
 * What one task says of its runs and steps. It belongs to the stream thread, which shows what there
 * is with {@link #publish}; only that is read by others.
 */
public final class TaskMetrics implements AutoCloseable {
  private final CoordinatorMetrics all;
  private final TaskLoads loads;
  private final RunCounts counts = new RunCounts();
  private volatile Map<StepName, StepLoad> steps = Map.of();
  private volatile Map<String, RunCounts.Open> runs = Map.of();

  TaskMetrics(CoordinatorMetrics all, TaskLoads loads) {
    this.all = all;
    this.loads = loads;
    loads.add(this);
  }

  /** A run that was open already when the task began. */
  public void found(RunState.Running head) {
    all.workflow(head.settings().workflow());
    counts.add(head);
  }

  /** A run's head has changed. */
  public void changed(RunState before, RunState now) {
    if (before instanceof RunState.Running was && now instanceof RunState.Running is) {
      if (!was.admitted() && is.admitted()) {
        all.workflow(is.settings().workflow()).started();
      }
    } else if (now instanceof RunState.Running is) {
      WorkflowMeters workflow = all.workflow(is.settings().workflow());
      if (before instanceof RunState.Finished) {
        workflow.redriven();
      } else if (is.admitted()) {
        workflow.started();
      }
    } else if (now instanceof RunState.Finished is && !(before instanceof RunState.Finished)) {
      WorkflowMeters workflow = all.workflow(is.settings().workflow());
      if (before instanceof RunState.Absent
          || before instanceof RunState.Running was && !was.admitted()) {
        workflow.started();
      }
      workflow.ended(is.outcome());
    }
    counts.changed(before, now);
  }

  /** Shows how things stand. */
  public void publish(Map<StepName, StepLoad> now) {
    now.keySet().forEach(all::step);
    steps = now;
    runs = counts.now();
  }

  Map<StepName, StepLoad> steps() {
    return steps;
  }

  Map<String, RunCounts.Open> runs() {
    return runs;
  }

  /** The task goes to another coordinator, and so does what it had to say. */
  @Override
  public void close() {
    loads.remove(this);
  }
}
