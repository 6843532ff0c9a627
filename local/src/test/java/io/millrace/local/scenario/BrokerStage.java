package io.millrace.local.scenario;

import io.millrace.StartOptions;
import io.millrace.StepWorker;
import io.millrace.StopEvent;
import io.millrace.Workflow;
import io.millrace.step.StepDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.awaitility.Awaitility;

/** A stage on a real broker: a workflow and a worker of its own. */
final class BrokerStage implements Stage, AutoCloseable {
  private record Deployed(List<StepDefinition> steps, StepWorker worker) {}

  private final BrokerHouse house;
  private final Workflow<Object, StopEvent> workflow;
  private final boolean inOrder;
  private final Gates gates = new Gates();
  private final Deque<Deployed> workers = new ArrayDeque<>();

  BrokerStage(BrokerHouse house, String workflow, boolean inOrder) {
    this.house = house;
    this.workflow = Workflow.of(workflow, Object.class, StopEvent.class);
    this.inOrder = inOrder;
  }

  @Override
  public StagedRun start(Object event, StartOptions options) {
    return new BrokerRun(house, house.client().start(workflow, event, options));
  }

  @Override
  public StagedRun attach(String runId) {
    return new BrokerRun(house, house.client().attach(workflow, runId));
  }

  @Override
  public void deploy(Object... steps) {
    List<StepDefinition> gated = gates.before(steps, inOrder);
    if (!gated.isEmpty()) {
      workers.push(deployed(gated));
      house.registrations().awaitKnown();
    }
  }

  private Deployed deployed(List<StepDefinition> steps) {
    return new Deployed(
        steps,
        StepWorker.of(workflow.name(), steps.toArray())
            .configuredBy(house.workshop().config())
            .start());
  }

  @Override
  public void hold(String step) {
    gates.close(step);
  }

  @Override
  public void release(String step) {
    gates.open(step);
  }

  @Override
  public void awaitHeld(String step, int executions) {
    gates.awaitHeld(step, executions);
  }

  @Override
  public void awaitInterrupted(String step, int executions) {
    gates.awaitInterrupted(step, executions);
  }

  @Override
  public void loseWorker(String step) {
    Deployed lost =
        workers.stream()
            .filter(each -> each.steps().stream().anyMatch(s -> s.name().equals(step)))
            .findFirst()
            .orElseThrow();
    workers.remove(lost);
    lost.worker().close();
    workers.push(deployed(lost.steps()));
  }

  @Override
  public void advance(Duration time) {
    Instant end = Instant.now().plus(time);
    Awaitility.await().atMost(time.plusSeconds(10)).until(() -> Instant.now().isAfter(end));
  }

  @Override
  public void restartCoordinator() {
    house.restartCoordinator();
  }

  @Override
  public boolean remembers(String runId) {
    throw new UnsupportedOperationException("nobody looks into the store of a coordinator at work");
  }

  @Override
  public void writeGarbage(String runId, byte[] input) {
    house.writeToRunLog(runId, input);
  }

  @Override
  public boolean isCalm() {
    return true;
  }

  @Override
  public void close() {
    gates.openAll();
    workers.forEach(each -> each.worker().close());
  }
}
