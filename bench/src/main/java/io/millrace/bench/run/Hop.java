package io.millrace.bench.run;

import static io.millrace.bench.load.Samples.median;

import io.millrace.bench.Bench;
import io.millrace.bench.Benchmark;
import io.millrace.bench.Figure;
import io.millrace.bench.load.Operation;
import io.millrace.bench.load.Rate;
import io.millrace.bench.load.Samples;
import io.millrace.bench.raw.RawChain;
import io.millrace.bench.stack.BenchStack;
import io.millrace.bench.stack.Workers;
import io.millrace.bench.step.Chain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** How long a step takes when nothing else is going on. */
public final class Hop implements Benchmark {
  private static final int HOPS = 5;
  private static final int WARM_UP_IN_FLIGHT = 16;

  private final AtomicLong numbers = new AtomicLong();

  @Override
  public String name() {
    return "hop";
  }

  @Override
  public String about() {
    return "time per step of a 5-step run, one run at a time, against a raw 5-hop chain";
  }

  @Override
  public List<Figure> run(Bench bench) throws InterruptedException {
    return on(bench, bench.stack(), name());
  }

  List<Figure> on(Bench bench, BenchStack stack, String prefix) throws InterruptedException {
    List<Samples> runs = new ArrayList<>();
    List<Samples> records = new ArrayList<>();
    try (Workers workers = stack.workers(Chain.FIVE.name(), Chain.five());
        RawChain raw = stack.rawChain(HOPS)) {
      ChainRuns chain = new ChainRuns(stack.client(), Chain.FIVE);
      warmUp(bench, stack, raw);
      warmUp(bench, stack, chain);
      int count = bench.scale().pick(3, 200, 1_000);
      for (int i = 0; i < bench.scale().rounds(); i++) {
        records.add(Samples.oneByOne(raw, count, numbers));
        runs.add(Samples.oneByOne(chain, count, numbers));
      }
    }
    return List.of(
        perHop(prefix, 50, runs, records).atMost(3), perHop(prefix, 99, runs, records).atMost(4));
  }

  private void warmUp(Bench bench, BenchStack stack, Operation operation)
      throws InterruptedException {
    Duration half = bench.scale().warmUp().dividedBy(2);
    Rate.measure(operation, WARM_UP_IN_FLIGHT, WARM_UP_IN_FLIGHT, numbers, half, half, stack::cpu);
    Samples.oneByOne(operation, bench.scale().pick(1, 50, 200), numbers);
  }

  private static Figure perHop(
      String prefix, int percent, List<Samples> runs, List<Samples> records) {
    return Figure.of(prefix + ".p" + percent, median(runs, s -> s.percentile(percent)) / HOPS, "ms")
        .against(median(records, s -> s.percentile(percent)) / HOPS);
  }
}
