package io.millrace.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.StartOptions;
import io.millrace.local.LocalWorkflow;
import io.millrace.local.LocalWorkflows;
import io.millrace.local.inline.InlineCoordinator;
import io.millrace.local.inline.InlineEngine;
import io.millrace.local.inline.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A stage in this thread, on virtual time. */
final class VirtualStage implements Stage, AutoCloseable {
  private final LocalWorkflow<Object, Object> workflow;
  private final InlineEngine engine;
  private final Runnable restart;
  private final boolean calm;
  private final List<VirtualRun> runs = new ArrayList<>();

  /**
   * @param restart of the coordinator
   * @param calm the schedule lets nothing go wrong
   */
  VirtualStage(InlineCoordinator coordinator, Runnable restart, Schedule schedule, boolean calm) {
    this.workflow = LocalWorkflows.on("scenario", coordinator, schedule);
    this.engine = LocalWorkflows.engine(workflow);
    this.restart = restart;
    this.calm = calm;
  }

  void play(Scenario scenario) throws Exception {
    deploy(scenario.steps().get().toArray());
    scenario.script().play(this);
    for (VirtualRun run : runs) {
      run.checkAfterwards();
    }
  }

  @Override
  public StagedRun start(Object event, StartOptions options) {
    VirtualRun run = new VirtualRun(engine, workflow.start(event, options));
    runs.add(run);
    return run;
  }

  @Override
  public void deploy(Object... steps) {
    workflow.deploy(steps);
  }

  @Override
  public void hold(String step) {
    engine.hold(step);
  }

  @Override
  public void release(String step) {
    engine.release(step);
  }

  @Override
  public void awaitHeld(String step, int executions) {
    engine.settle();
    assertThat(engine.held().atWork(step))
        .as("executions held in step " + step)
        .isEqualTo(executions);
  }

  @Override
  public void awaitInterrupted(String step, int executions) {
    engine.settle();
    assertThat(engine.held().interrupted(step))
        .as("executions interrupted in step " + step)
        .isEqualTo(executions);
  }

  @Override
  public void advance(Duration time) {
    engine.advance(time);
  }

  @Override
  public void restartCoordinator() {
    engine.settle();
    restart.run();
  }

  @Override
  public void writeGarbage(String runId, byte[] input) {
    engine.appendRaw(runId, input);
    engine.settle();
  }

  @Override
  public boolean isCalm() {
    return calm;
  }

  @Override
  public void close() {
    engine.close();
  }
}
