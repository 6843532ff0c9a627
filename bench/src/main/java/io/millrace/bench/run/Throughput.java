package io.millrace.bench.run;

import static io.millrace.bench.load.Samples.median;

import io.millrace.bench.Bench;
import io.millrace.bench.Benchmark;
import io.millrace.bench.Figure;
import io.millrace.bench.Scale;
import io.millrace.bench.load.Rate;
import io.millrace.bench.step.Chain;
import io.millrace.bench.step.ChainFlow;
import java.util.List;
import java.util.function.Consumer;

/** How many steps a second with many runs in flight, and what they cost. */
public final class Throughput implements Benchmark {
  static final int BUSY = 64;
  static final int FULL = 1_000;

  private final String name;
  private final int inFlight;

  private Throughput(String name, int inFlight) {
    this.name = name;
    this.inFlight = inFlight;
  }

  /** With as many runs in flight as a stack has that has much to do. */
  public static Throughput full() {
    return new Throughput("throughput", FULL);
  }

  /** With as many as a stack has that is busy, not full. */
  public static Throughput busy() {
    return new Throughput("busy", BUSY);
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
  public boolean usesChains() {
    return true;
  }

  @Override
  public List<Figure> run(Bench bench) throws InterruptedException {
    List<Figure> figures = measure(bench.scale(), bench.chains(), inFlight, name, bench::progress);
    return List.of(figures.get(0).atLeast(0.5), figures.get(1), figures.get(2).wishAtMost(0.25));
  }

  /** Steps a second, runs a second, CPU time. */
  static List<Figure> measure(
      Scale scale, Chains chains, int inFlight, String prefix, Consumer<String> progress)
      throws InterruptedException {
    ChainFlow flow = Chain.THREE;
    int steps = flow.length();
    int many = scale.pick(Math.min(inFlight, 16), inFlight, inFlight);
    List<Rate> records =
        Rate.measure(chains.raw(flow), many, scale.rounds(), scale.round(), chains.stack()::cpu)
            .stream()
            .map(rate -> rate.of(chains::isRaw))
            .toList();
    List<Rate> runs =
        Rate.measure(chains.runs(flow), many, scale.rounds(), scale.round(), chains.stack()::cpu)
            .stream()
            .map(rate -> rate.of(chains::isOurs))
            .toList();
    progress.accept("  CPU of Millrace: " + runs.get(runs.size() - 1).cpu());
    progress.accept("  CPU of raw Kafka: " + records.get(records.size() - 1).cpu());
    return List.of(
        Figure.of(prefix + ".steps", median(runs, Rate::perSecond) * steps, "1/s")
            .against(median(records, Rate::perSecond) * steps),
        Figure.of(prefix + ".runs", median(runs, Rate::perSecond), "1/s")
            .against(median(records, Rate::perSecond)),
        Figure.of(prefix + ".cpu", median(runs, r -> r.cpuPerThousand(steps)), "CPU s/1,000 steps")
            .against(median(records, r -> r.cpuPerThousand(steps))));
  }
}
