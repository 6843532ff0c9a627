package io.millrace.bench.run;

import io.millrace.bench.Bench;
import io.millrace.bench.Benchmark;
import io.millrace.bench.Figure;
import io.millrace.bench.raw.RawChains;
import io.millrace.bench.stack.BenchStack;
import io.millrace.bench.stack.CpuTimes;
import io.millrace.bench.stack.Usage;
import io.millrace.bench.stack.Workers;
import io.millrace.bench.step.Chain;
import java.util.List;

/** What a coordinator and five workers cost when there is nothing to do. */
public final class Idle implements Benchmark {
  @Override
  public String name() {
    return "idle";
  }

  @Override
  public String about() {
    return "CPU of the coordinator and five workers with nothing to do, in percent of one core; and of five raw loops";
  }

  @Override
  public List<Figure> run(Bench bench) throws InterruptedException {
    BenchStack stack = bench.stack();
    int steps = Chain.FIVE.length();
    Class<?>[] classes = Chain.FIVE.steps().toArray(Class<?>[]::new);
    try (Workers workers = stack.workers(Chain.FIVE.workflow().name(), classes);
        RawChains raw = stack.rawChains(List.of(steps), steps)) {
      Thread.sleep(bench.scale().pick(0, 5_000, 30_000));
      CpuTimes before = stack.cpu();
      long began = System.nanoTime();
      Thread.sleep(bench.scale().pick(200, 4_000, 60_000));
      Usage used = stack.cpu().since(before);
      double seconds = (System.nanoTime() - began) / 1e9;
      Usage ours =
          used.of(name -> name.equals(BenchStack.COORDINATOR) || workers.names().contains(name));
      Usage loops = used.of(raw.processes()::contains);
      bench.progress("  CPU: " + ours);
      return List.of(
          Figure.of(name() + ".cpu", 100 * ours.total() / seconds, "% of a core").atMost(2),
          Figure.of(name() + ".raw", 100 * loops.total() / seconds, "% of a core"));
    }
  }
}
