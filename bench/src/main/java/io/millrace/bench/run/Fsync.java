package io.millrace.bench.run;

import io.millrace.bench.Bench;
import io.millrace.bench.Benchmark;
import io.millrace.bench.Figure;
import io.millrace.bench.Scale;
import io.millrace.bench.stack.BenchStack;
import io.millrace.bench.step.Chain;
import java.util.ArrayList;
import java.util.List;

/** What remains when the broker answers only for what is on its disk. */
public final class Fsync implements Benchmark {
  @Override
  public String name() {
    return "fsync";
  }

  @Override
  public String about() {
    return "busy and hop, with 3 steps, on a broker that writes to disk before it acknowledges";
  }

  @Override
  public boolean isQuick() {
    return false;
  }

  @Override
  public List<Figure> run(Bench bench) throws InterruptedException {
    Scale scale = bench.scale();
    List<Figure> figures = new ArrayList<>();
    try (BenchStack stack = bench.freshStack(options -> options.named("fsync").withFsync());
        Chains chains = Chains.start(stack, scale, List.of(Chain.THREE), bench::progress)) {
      figures.addAll(
          Throughput.measure(scale, chains, Throughput.BUSY, "fsync.busy", bench::progress));
      figures.addAll(Hop.measure(scale, chains, Chain.THREE, "fsync.hop"));
    }
    return figures;
  }
}
