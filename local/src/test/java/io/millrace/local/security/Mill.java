package io.millrace.local.security;

import io.millrace.Event;
import io.millrace.HumanResponseEvent;
import io.millrace.InputRequiredEvent;
import io.millrace.RunContext;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.Workflow;
import java.util.concurrent.CountDownLatch;

/** A workflow of two steps that streams, asks a human, and can be made to hang. */
final class Mill {
  static final Workflow<Order, Flour> WORKFLOW = Workflow.of("mill", Order.class, Flour.class);

  record Order(boolean hangs) implements StartEvent {}

  record Heard(String what) implements Event {}

  record HowFine(String question) implements InputRequiredEvent {}

  record Fineness(int grade) implements HumanResponseEvent {}

  record Flour(int grade) implements StopEvent {}

  private Mill() {}

  static final class Ask {
    @Step(streams = Heard.class)
    public HowFine ask(Order order, RunContext context) throws InterruptedException {
      context.writeEventToStream(new Heard("an order"));
      if (order.hangs()) {
        new CountDownLatch(1).await(); // until it is cancelled
      }
      return new HowFine("How fine?");
    }
  }

  static final class Grind {
    @Step(streams = Heard.class)
    public Flour grind(Fineness fineness, RunContext context) {
      context.writeEventToStream(new Heard("a fineness"));
      return new Flour(fineness.grade());
    }
  }
}
