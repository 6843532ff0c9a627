package io.millrace.system.tally;

import io.millrace.Retry;
import io.millrace.RunContext;
import io.millrace.RunState;
import io.millrace.Step;
import io.millrace.StepWorker;

/** Weighs a sack, with every kind of effect. Its argument is noted, to tell versions apart. */
public final class Weigh {
  /** Longer than the grace, so that such work is adopted. */
  private static final long SLOW_MILLIS = 120;

  private final String scale;

  public Weigh(String scale) {
    this.scale = scale;
  }

  @Step(retry = @Retry(maxAttempts = 3, delay = "200ms"), streams = Reading.class, reads = "kilos")
  public Weighed weigh(Sack sack, RunContext context) throws InterruptedException {
    RunState state = context.state();
    state.increment("weighed", 1);
    state.append("numbers", sack.number());
    state.append("scales", scale);
    state.update("kilos", Long.class, kilos -> kilos.orElse(0L) + sack.kilos());
    if (sack.aloud()) {
      context.writeEventToStream(new Reading(sack.number(), sack.kilos()));
    }
    if (sack.number() == 0 && context.attempt() == 1) {
      throw new IllegalStateException("the scale slipped, and nothing above may stay");
    }
    if (sack.number() % 4 == 1) {
      Thread.sleep(SLOW_MILLIS);
    }
    return new Weighed(sack.number(), sack.of(), sack.kilos());
  }

  public static void main(String[] args) {
    StepWorker.of("tally", new Weigh(args.length > 0 ? args[0] : "old")).run();
  }
}
