package io.millrace.bench.run;

import io.millrace.bench.Bench;
import io.millrace.bench.Benchmark;
import io.millrace.bench.Figure;
import io.millrace.bench.load.Rate;
import io.millrace.bench.load.Samples;
import io.millrace.bench.stack.BenchStack;
import io.millrace.bench.stack.Workers;
import io.millrace.bench.step.Napping;
import java.util.List;

/** Whether executions that sleep hold up those that do nothing. */
public final class Mixed implements Benchmark {
  private static final int SLEEP_MILLIS = 2_000;

  /** Sleepers fill 14 of 16 slots then: with more, waiting would be a matter of slots. */
  private static final int PAIRS_PER_SECOND = 7;

  @Override
  public String name() {
    return "mixed";
  }

  @Override
  public String about() {
    return "half of the executions sleep 2 s, half do nothing, one worker of 16 slots: the latter against themselves alone";
  }

  @Override
  public List<Figure> run(Bench bench) throws InterruptedException {
    BenchStack stack = bench.stack();
    int pairs = bench.scale().pick(4, 3 * PAIRS_PER_SECOND, 120 * PAIRS_PER_SECOND);
    try (Workers workers = stack.workers(Napping.WORKFLOW.name(), Napping.Nap.class)) {
      NappingRuns runs = new NappingRuns(stack.client());
      Rate.measure(runs, Napping.SLOTS, 1, bench.scale().warmUp(), stack::cpu);
      Samples alone = runs.alone(pairs, 2 * PAIRS_PER_SECOND);
      Samples beside = runs.beside(SLEEP_MILLIS, pairs, PAIRS_PER_SECOND);
      return List.of(
          Figure.of(name() + ".p50", beside.percentile(50), "ms").against(alone.percentile(50)),
          Figure.of(name() + ".p99", beside.percentile(99), "ms")
              .against(alone.percentile(99))
              .atMost(2));
    }
  }
}
