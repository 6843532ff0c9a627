package io.millrace.bench.run;

import static io.millrace.bench.load.Samples.median;

import io.millrace.bench.Bench;
import io.millrace.bench.Benchmark;
import io.millrace.bench.Figure;
import io.millrace.bench.load.Operation;
import io.millrace.bench.load.Rate;
import io.millrace.bench.raw.RawChain;
import io.millrace.bench.stack.BenchStack;
import io.millrace.bench.stack.Workers;
import io.millrace.bench.step.Chain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** How many steps a second with many runs in flight, and what they cost. */
public final class Throughput implements Benchmark {
  private static final int STEPS = 3;
  private static final int STARTERS = 128;

  private final String name;
  private final int inFlight;
  private final AtomicLong numbers = new AtomicLong();

  private Throughput(String name, int inFlight) {
    this.name = name;
    this.inFlight = inFlight;
  }

  /** As many runs in flight as a stack with much to do has. */
  public static Throughput full() {
    return new Throughput("throughput", 1_000);
  }

  /** As many as a stack has that is busy, not full. */
  public static Throughput busy() {
    return new Throughput("busy", 64);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String about() {
    return "steps a second of 3-step runs, %,d in flight, against a raw 3-hop chain"
        .formatted(inFlight);
  }

  @Override
  public List<Figure> run(Bench bench) throws InterruptedException {
    return on(bench, bench.stack(), name);
  }

  List<Figure> on(Bench bench, BenchStack stack, String prefix) throws InterruptedException {
    List<Rate> runs = new ArrayList<>();
    List<Rate> records = new ArrayList<>();
    try (Workers workers = stack.workers(Chain.THREE.name(), Chain.three());
        RawChain raw = stack.rawChain(STEPS)) {
      ChainRuns chain = new ChainRuns(stack.client(), Chain.THREE);
      Duration warmUp = bench.scale().warmUp();
      for (int i = 0; i < bench.scale().rounds(); i++) {
        Duration before = i == 0 ? warmUp : Duration.ZERO;
        records.add(
            measure(bench, stack, raw, before)
                .of(p -> !workers.names().contains(p) && !p.equals(BenchStack.COORDINATOR)));
        runs.add(measure(bench, stack, chain, before).of(p -> !raw.hops().contains(p)));
      }
    }
    bench.progress("  " + prefix + " CPU: " + runs.get(runs.size() - 1).cpu());
    bench.progress("  " + prefix + " CPU, raw: " + records.get(records.size() - 1).cpu());
    return List.of(
        Figure.of(prefix + ".steps", median(runs, Rate::perSecond) * STEPS, "1/s")
            .against(median(records, Rate::perSecond) * STEPS)
            .atLeast(0.5),
        Figure.of(prefix + ".runs", median(runs, Rate::perSecond), "1/s"),
        Figure.of(
                prefix + ".cpu", median(runs, r -> r.cpuPerThousand(STEPS)), "CPU s / 1,000 steps")
            .against(median(records, r -> r.cpuPerThousand(STEPS)))
            .wishAtMost(0.25));
  }

  private Rate measure(Bench bench, BenchStack stack, Operation operation, Duration warmUp)
      throws InterruptedException {
    return Rate.measure(
        operation,
        inFlight,
        Math.min(inFlight, STARTERS),
        numbers,
        warmUp,
        bench.scale().round(),
        stack::cpu);
  }
}
