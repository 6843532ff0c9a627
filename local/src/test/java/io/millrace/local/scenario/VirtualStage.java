package io.millrace.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.StartOptions;
import io.millrace.local.LocalRun;
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
  /** What a stage can do with its coordinator beside asking it. */
  interface Life {
    void restart();

    boolean remembers(String runId);
  }

  private final LocalWorkflow<Object, Object> workflow;
  private final InlineEngine engine;
  private final Life life;
  private final boolean calm;
  private final List<VirtualRun> runs = new ArrayList<>();

  /**
   * @param life of the coordinator
   * @param calm the schedule lets nothing go wrong
   */
  VirtualStage(InlineCoordinator coordinator, Life life, Schedule schedule, boolean calm) {
    this.workflow = LocalWorkflows.on("scenario", coordinator, schedule);
    this.engine = LocalWorkflows.engine(workflow);
    this.life = life;
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
    return staged(workflow.start(event, options));
  }

  @Override
  public StagedRun attach(String runId) {
    return staged(workflow.attach(runId));
  }

  private StagedRun staged(LocalRun<Object> run) {
    VirtualRun staged = new VirtualRun(engine, run);
    runs.add(staged);
    return staged;
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
  public void loseWorker(String step) {
    engine.loseHeld(step);
  }

  @Override
  public void advance(Duration time) {
    engine.advance(time);
  }

  @Override
  public void restartCoordinator() {
    engine.settle();
    life.restart();
  }

  @Override
  public boolean remembers(String runId) {
    engine.settle();
    return life.remembers(runId);
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
