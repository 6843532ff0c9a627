package io.millrace.examples.guide;

import io.millrace.CatchError;
import io.millrace.Event;
import io.millrace.HumanResponseEvent;
import io.millrace.InputRequiredEvent;
import io.millrace.RunContext;
import io.millrace.RunFailedException;
import io.millrace.RunHandle;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StepFailedEvent;
import io.millrace.StopEvent;
import io.millrace.WaitSpec;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import java.time.Duration;
import java.util.List;

/** What docs/guide.md shows of joins, failures, waits and redrives. */
final class Deliveries {
  record Flour(int kilos) implements Event {}

  record Water(int litres) implements Event {}

  record Bread(Flour flour, Water water) implements Event {}

  record Delivery(List<Integer> kilos) implements StartEvent {}

  record Sack(int kilos) implements Event {}

  record Weighed(int kilos) implements Event {}

  record Receipt(int kilos) implements StopEvent {}

  record Order(int number) implements Event {}

  record ApproveOrder(int order) implements InputRequiredEvent {}

  record Approval(int order, String by) implements HumanResponseEvent {}

  record Shipped(int order, String approvedBy) implements Event {}

  @Step
  public Bread knead(Flour flour, Water water) {
    return new Bread(flour, water);
  }

  @Step
  public List<Sack> unload(Delivery delivery) {
    return delivery.kilos().stream().map(Sack::new).toList();
  }

  @Step
  public Weighed weigh(Sack sack) {
    return new Weighed(sack.kilos() - 1);
  }

  @Step
  public Receipt total(List<Weighed> all) {
    return new Receipt(all.stream().mapToInt(Weighed::kilos).sum());
  }

  @CatchError(steps = "weigh", maxRecoveries = 2)
  public Weighed estimate(StepFailedEvent failure) {
    Sack sack = failure.event(Sack.class);
    return new Weighed(sack.kilos());
  }

  @Step(waitsFor = Approval.class)
  public Shipped ship(Order order, RunContext context) {
    Approval approval =
        context.waitForEvent(
            Approval.class,
            WaitSpec.ofDefaults()
                .where("order", order.number())
                .withPrompt(new ApproveOrder(order.number()))
                .withTimeout(Duration.ofDays(2)));
    return new Shipped(order.number(), approval.by());
  }

  static Receipt again(
      WorkflowClient client, Workflow<Delivery, Receipt> deliveries, String runId) {
    RunHandle<Receipt> run = client.attach(deliveries, runId);
    try {
      return run.result();
    } catch (RunFailedException failed) {
      run.redrive(failed.executionId()); // or run.redrive(): everything that was open
      return run.result(); // of the new epoch
    }
  }
}
