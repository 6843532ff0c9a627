package io.millrace.bench.run;

import static io.millrace.bench.load.Samples.median;

import io.millrace.bench.Bench;
import io.millrace.bench.Benchmark;
import io.millrace.bench.Figure;
import io.millrace.bench.load.Heard;
import io.millrace.bench.raw.RawTelling;
import io.millrace.bench.stack.BenchStack;
import io.millrace.bench.stack.Workers;
import io.millrace.bench.step.Telling;
import java.util.ArrayList;
import java.util.List;

/** How soon a client sees what a step writes to the stream: in one burst, and at a human pace. */
public final class Streaming implements Benchmark {
  private static final int PER_SECOND = 500;

  @Override
  public String name() {
    return "stream";
  }

  @Override
  public String about() {
    return "a step writes stream events while a client tails, in a burst and at 500/s, against raw produce to consume";
  }

  @Override
  public List<Figure> run(Bench bench) throws InterruptedException {
    BenchStack stack = bench.stack();
    int burst = bench.scale().pick(100, 20_000, 20_000);
    int paced = bench.scale().pick(20, 2 * PER_SECOND, 20 * PER_SECOND);
    try (Workers workers = stack.workers(Telling.WORKFLOW.name(), Telling.Tell.class);
        RawTelling raw = stack.rawTelling()) {
      Tail tail = new Tail(stack.client());
      warmUp(bench, tail, raw, burst);
      List<Heard> ours = new ArrayList<>();
      List<Heard> theirs = new ArrayList<>();
      for (int i = 0; i < bench.scale().rounds(); i++) {
        theirs.add(raw.listen(burst, 0));
        ours.add(tail.listen(burst, 0));
      }
      Heard theirPaced = raw.listen(paced, PER_SECOND);
      Heard ourPaced = tail.listen(paced, PER_SECOND);
      return List.of(
          Figure.of(name() + ".burst", median(ours, Heard::perSecond), "1/s")
              .against(median(theirs, Heard::perSecond))
              .atLeast(0.5),
          Figure.of(name() + ".burst.p50", median(ours, Heard::medianDelay), "ms")
              .against(median(theirs, Heard::medianDelay))
              .atMost(2),
          Figure.of(name() + ".paced.p50", ourPaced.medianDelay(), "ms")
              .against(theirPaced.medianDelay())
              .atMost(2),
          Figure.of(name() + ".first", tail.medianOpening(), "ms"));
    }
  }

  private static void warmUp(Bench bench, Tail tail, RawTelling raw, int burst)
      throws InterruptedException {
    long began = System.nanoTime();
    do {
      raw.listen(burst, 0);
      tail.listen(burst, 0);
    } while (System.nanoTime() - began < bench.scale().warmUp().toNanos());
  }
}
