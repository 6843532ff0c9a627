package io.millrace.bench.run;

import io.millrace.bench.Bench;
import io.millrace.bench.Benchmark;
import io.millrace.bench.Figure;
import io.millrace.bench.load.Samples;
import io.millrace.bench.raw.LiveBytes;
import io.millrace.bench.stack.BenchStack;
import io.millrace.bench.stack.UsedHeap;
import io.millrace.bench.stack.Workers;
import io.millrace.bench.step.Waiting;
import java.util.List;

/** What many runs cost that wait for a human, and how long a coordinator needs to come back. */
public final class Parked implements Benchmark {
  private static final double MIB = 1024 * 1024;

  @Override
  public String name() {
    return "waiting";
  }

  @Override
  public String about() {
    return "runs that wait for a human: store and heap, answer to outcome, kill -9 of the coordinator until one is answered";
  }

  /** On a stack of its own: these runs would be in the way of other benchmarks. */
  @Override
  public List<Figure> run(Bench bench) throws InterruptedException {
    int count = bench.scale().pick(30, 2_000, 100_000);
    int answers = bench.scale().pick(5, 30, 500);
    try (BenchStack stack = bench.freshStack(options -> options.named(name()));
        Workers workers = stack.workers(Waiting.WORKFLOW.name(), Waiting.Park.class)) {
      bench.progress("  a coordinator and a worker of its own are up");
      ParkedRuns runs = new ParkedRuns(stack.client());
      warmUp(runs, bench.scale().pick(1, 30, 300));
      LiveBytes before = store(stack);
      long began = System.nanoTime();
      runs.start(count, answers + 2);
      double seconds = (System.nanoTime() - began) / 1e9;
      bench.progress("  %,d runs wait".formatted(count));
      LiveBytes after = store(stack);
      double heap = UsedHeap.of(stack.pid(BenchStack.COORDINATOR)) / MIB;
      Samples answered = new Samples();
      for (int i = 0; i < answers; i++) {
        answered.add(runs.answerOne());
      }
      bench.progress("  %,d of them are answered".formatted(answers));
      double restart = restart(stack, runs);
      return List.of(
          Figure.of(name() + ".starts", count / seconds, "1/s"),
          Figure.of(name() + ".store", perRun(before.bytes(), after.bytes(), count), "bytes/run")
              .atMost(1024),
          Figure.of(
              name() + ".changelog", perRun(before.written(), after.written(), count), "bytes/run"),
          Figure.of(name() + ".heap", heap, "MiB"),
          Figure.of(name() + ".answer.p50", answered.percentile(50), "ms").wishAtMost(5),
          Figure.of(name() + ".restart", restart, "s").atMost(30));
    }
  }

  private static void warmUp(ParkedRuns runs, int count) throws InterruptedException {
    runs.start(count, count);
    for (int i = 0; i < count; i++) {
      runs.answerOne();
    }
  }

  /** Of the coordinator's store, by its changelog. */
  private static LiveBytes store(BenchStack stack) {
    String topic = stack.config().namespace().name() + "-coordinator-runs-changelog";
    return LiveBytes.of(stack.config(), topic);
  }

  private static double perRun(long before, long after, int count) {
    return (after - before) / (double) count;
  }

  /** Seconds from the kill until a run that waited has its outcome. */
  private static double restart(BenchStack stack, ParkedRuns runs) {
    long began = System.nanoTime();
    stack.kill(BenchStack.COORDINATOR);
    runs.answerOne();
    double seconds = (System.nanoTime() - began) / 1e9;
    runs.answerOne();
    return seconds;
  }
}
