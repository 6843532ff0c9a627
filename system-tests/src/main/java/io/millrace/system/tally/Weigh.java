package io.millrace.system.tally;

import io.millrace.Retry;
import io.millrace.RunContext;
import io.millrace.RunState;
import io.millrace.Step;
import io.millrace.StepWorker;

/**
 * Weighs a sack, with every kind of effect. Notes which scale did it, on which host: it shows in
 * the outcome which copy's effects were applied.
 */
public final class Weigh {
  private final String scale;

  public Weigh(String scale) {
    this.scale = scale;
  }

  @Step(retry = @Retry(maxAttempts = 3, delay = "200ms"), streams = Reading.class, reads = "kilos")
  public Weighed weigh(Sack sack, RunContext context) throws InterruptedException {
    RunState state = context.state();
    state.increment("weighed", 1);
    state.append("numbers", sack.number());
    state.append("scales", new Scale(sack.number(), scale, Scale.here()));
    state.update("kilos", Long.class, kilos -> kilos.orElse(0L) + sack.kilos());
    if (sack.aloud()) {
      context.writeEventToStream(new Reading(sack.number(), sack.kilos()));
    }
    if (sack.number() == 0 && context.attempt() == 1) {
      throw new IllegalStateException("the scale slipped, and nothing above may stay");
    }
    Thread.sleep(sack.millis());
    return new Weighed(sack.number(), sack.of(), sack.kilos());
  }

  public static void main(String[] args) {
    StepWorker.of("tally", new Weigh(args.length > 0 ? args[0] : "old")).run();
  }
}
