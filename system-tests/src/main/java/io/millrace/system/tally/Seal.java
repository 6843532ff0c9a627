package io.millrace.system.tally;

import io.millrace.RunContext;
import io.millrace.Step;
import io.millrace.StepWorker;

/** Waits for somebody's seal. */
public final class Seal {
  @Step(waitsFor = Sealed.class)
  public Tally seal(Gathered gathered, RunContext context) {
    Sealed seal = context.waitForEvent(Sealed.class);
    context.state().increment("sealed", 1);
    return new Tally(gathered.kilos(), gathered.numbers(), seal.by());
  }

  public static void main(String[] args) {
    StepWorker.of("tally", new Seal()).run();
  }
}
