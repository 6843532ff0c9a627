package io.millrace.helm;

import io.millrace.Retry;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.Workflow;

/** A workflow of one step, which fails once. */
final class Mill {
  static final Workflow<Grain, Flour> WORKFLOW = Workflow.of("mill", Grain.class, Flour.class);

  record Grain(int sacks) implements StartEvent {}

  record Flour(int sacks) implements StopEvent {}

  private boolean broken = true;

  @Step(retry = @Retry(maxAttempts = 2, delay = "10ms"))
  public synchronized Flour grind(Grain grain) {
    if (broken) {
      broken = false;
      throw new IllegalStateException("the stone is stuck");
    }
    return new Flour(grain.sacks());
  }
}
