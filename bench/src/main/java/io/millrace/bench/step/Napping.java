package io.millrace.bench.step;

import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.Workflow;

/** Runs of one step, which sleeps as long as it is told or does nothing. */
public final class Napping {
  public static final Workflow<Begin, Awake> WORKFLOW =
      Workflow.of("napping", Begin.class, Awake.class);

  /** Of the one worker. */
  public static final int SLOTS = 16;

  private Napping() {}

  public record Begin(long number, int sleepMillis, String cargo) implements StartEvent {}

  public record Awake(long number) implements StopEvent {}

  public static final class Nap {
    @Step(concurrency = SLOTS)
    public Awake nap(Begin begin) throws InterruptedException {
      if (begin.sleepMillis() > 0) {
        Thread.sleep(begin.sleepMillis());
      }
      return new Awake(begin.number());
    }
  }
}
