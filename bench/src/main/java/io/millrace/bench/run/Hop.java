package io.millrace.bench.run;

import static io.millrace.bench.load.Samples.median;

import io.millrace.bench.Bench;
import io.millrace.bench.Benchmark;
import io.millrace.bench.Figure;
import io.millrace.bench.Scale;
import io.millrace.bench.load.Operation;
import io.millrace.bench.load.Samples;
import io.millrace.bench.step.Chain;
import io.millrace.bench.step.ChainFlow;
import java.util.ArrayList;
import java.util.List;

/** How long a step takes when nothing else is going on. */
public final class Hop implements Benchmark {
  @Override
  public String name() {
    return "hop";
  }

  @Override
  public String about() {
    return "time per step of a 5-step run, one run at a time, against a raw 5-hop chain";
  }

  @Override
  public boolean usesChains() {
    return true;
  }

  @Override
  public List<Figure> run(Bench bench) throws InterruptedException {
    List<Figure> figures = measure(bench.scale(), bench.chains(), Chain.FIVE, name());
    return List.of(figures.get(0).atMost(3), figures.get(1).atMost(4));
  }

  /** The median, and what one of a hundred takes longer than. */
  static List<Figure> measure(Scale scale, Chains chains, ChainFlow flow, String prefix)
      throws InterruptedException {
    Operation run = chains.runs(flow);
    Operation record = chains.raw(flow);
    Samples.oneByOne(record, scale.pick(1, 40, 400));
    Samples.oneByOne(run, scale.pick(1, 40, 400));
    List<Samples> runs = new ArrayList<>();
    List<Samples> records = new ArrayList<>();
    int count = scale.pick(3, 80, 400);
    for (int i = 0; i < scale.rounds(); i++) {
      records.add(Samples.oneByOne(record, count));
      runs.add(Samples.oneByOne(run, count));
    }
    return List.of(
        perHop(prefix, 50, runs, records, flow.length()),
        perHop(prefix, 99, runs, records, flow.length()));
  }

  private static Figure perHop(
      String prefix, int percent, List<Samples> runs, List<Samples> records, int hops) {
    return Figure.of(prefix + ".p" + percent, median(runs, s -> s.percentile(percent)) / hops, "ms")
        .against(median(records, s -> s.percentile(percent)) / hops);
  }
}
