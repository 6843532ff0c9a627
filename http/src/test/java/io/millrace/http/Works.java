package io.millrace.http;

import io.millrace.CatchError;
import io.millrace.Event;
import io.millrace.Retry;
import io.millrace.RunContext;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StepFailedEvent;
import io.millrace.StopEvent;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A workflow whose runs stand still in every way: work that takes until it is let go, one piece at
 * a time; work that is tried again an hour later; a step whose workers have left; an event that
 * nobody takes.
 */
public final class Works {
  static final String NAME = "works";

  public record Order(int pieces) implements StartEvent {}

  public record Piece(int of) implements Event {}

  public record Flawed(String why) implements Event {}

  public record Unpainted(String colour) implements Event {}

  public record Scrap(String what) implements Event {}

  public record Delivery(String text) implements StopEvent {}

  private final CountDownLatch end = new CountDownLatch(1);

  /** Lets all go that are being worked on. */
  void finish() {
    end.countDown();
  }

  @Step(emits = {Flawed.class, Unpainted.class})
  public List<Piece> order(Order order, RunContext context) {
    if (order.pieces() == 0) {
      context.sendEvent(new Flawed("a crack"));
      context.sendEvent(new Unpainted("green"));
      context.sendEvent(new Scrap("shavings"));
    }
    return Collections.nCopies(order.pieces(), new Piece(order.pieces()));
  }

  @Step(maxOpenPerRun = 1)
  public Delivery make(Piece piece) throws InterruptedException {
    end.await();
    return new Delivery("made");
  }

  @Step(retry = @Retry(maxAttempts = 2, delay = "1h"))
  public Delivery repair(Flawed flawed) {
    throw new IllegalStateException("the glue must dry");
  }

  @CatchError
  public Delivery apologise(StepFailedEvent failed) {
    return new Delivery("we are sorry");
  }

  /** Steps in a process of their own, which can leave. */
  public static final class Painters {
    @Step
    public Delivery paint(Unpainted piece) {
      return new Delivery(piece.colour());
    }
  }
}
