package io.millrace.bench.run;

import io.millrace.bench.Bench;
import io.millrace.bench.Benchmark;
import io.millrace.bench.Figure;
import io.millrace.bench.stack.BenchStack;
import io.millrace.bench.stack.CpuTimes;
import io.millrace.bench.stack.Usage;
import io.millrace.bench.stack.Workers;
import io.millrace.bench.step.Chain;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a coordinator and five workers cost when there is nothing to do. */
public final class Idle implements Benchmark {
  /** After which a starting JVM has compiled what it compiles. */
  private static final long SETTLE_MILLIS = 10_000;

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public String about() {
    return "CPU of the coordinator and five workers with nothing to do, in percent of one core";
  }

  @Override
  public List<Figure> run(Bench bench) throws InterruptedException {
    BenchStack stack = bench.stack();
    String workflow = Chain.FIVE.workflow().name();
    Class<?>[] steps = Chain.FIVE.steps().toArray(Class<?>[]::new);
    try (Workers workers = stack.workers(workflow, steps)) {
      Set<String> watched = new HashSet<>(workers.names());
      watched.add(BenchStack.COORDINATOR);
      Thread.sleep(bench.scale().pick(0, 1, 1) * SETTLE_MILLIS);
      bench.progress("  settled");
      CpuTimes before = stack.cpu();
      long began = System.nanoTime();
      Thread.sleep(bench.scale().pick(200, 5_000, 60_000));
      Usage used = stack.cpu().since(before).of(watched::contains);
      double seconds = (System.nanoTime() - began) / 1e9;
      bench.progress("  CPU: " + used);
      return List.of(
          Figure.of(name() + ".cpu", 100 * used.total() / seconds, "% of a core").atMost(2));
    }
  }
}
