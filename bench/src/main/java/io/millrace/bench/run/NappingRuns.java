package io.millrace.bench.run;

import io.millrace.WorkflowClient;
import io.millrace.bench.load.InFlight;
import io.millrace.bench.load.Operation;
import io.millrace.bench.load.Pace;
import io.millrace.bench.load.Samples;
import io.millrace.bench.step.Chain;
import io.millrace.bench.step.Napping;
import io.millrace.bench.step.Napping.Awake;
import io.millrace.bench.step.Napping.Begin;
import java.util.concurrent.CompletableFuture;

/** Runs that sleep, or end at once. Thread-safe. */
record NappingRuns(WorkflowClient client) implements Operation {
  /** One that does nothing. */
  @Override
  public CompletableFuture<?> begin(long number) {
    return begin(number, 0);
  }

  private CompletableFuture<?> begin(long number, int sleepMillis) {
    Begin begin = new Begin(number, sleepMillis, Chain.CARGO);
    return CheckedRun.begin(client, Napping.WORKFLOW, begin, new Awake(number)::equals);
  }

  /** Durations of runs that do nothing, begun at an even pace. */
  Samples alone(int count, int perSecond) throws InterruptedException {
    Samples samples = new Samples();
    InFlight open = new InFlight(count);
    Pace pace = Pace.perSecond(perSecond);
    for (int i = 0; i < count; i++) {
      int number = i;
      pace.await();
      open.begin(() -> timed(number, samples));
    }
    open.await();
    return samples;
  }

  /**
   * Durations of runs that do nothing, begun at an even pace; half way between any two of them one
   * begins that sleeps.
   *
   * @param perSecond of either kind
   */
  Samples beside(int sleepMillis, int count, int perSecond) throws InterruptedException {
    Samples samples = new Samples();
    InFlight open = new InFlight(2 * count);
    Pace pace = Pace.perSecond(2 * perSecond);
    for (int i = 0; i < count; i++) {
      int number = 2 * i;
      pace.await();
      open.begin(() -> begin(number, sleepMillis));
      pace.await();
      open.begin(() -> timed(number + 1, samples));
    }
    open.await();
    return samples;
  }

  private CompletableFuture<?> timed(int number, Samples samples) {
    long began = System.nanoTime();
    return begin(number).thenRun(() -> samples.add(System.nanoTime() - began));
  }
}
