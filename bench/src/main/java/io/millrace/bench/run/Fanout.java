package io.millrace.bench.run;

import static io.millrace.bench.load.Samples.median;

import io.millrace.Workflow;
import io.millrace.bench.Bench;
import io.millrace.bench.Benchmark;
import io.millrace.bench.Figure;
import io.millrace.bench.stack.CpuTimes;
import io.millrace.bench.stack.Usage;
import io.millrace.bench.stack.WorkerProcess;
import io.millrace.bench.stack.WorkerProcess.Job;
import io.millrace.bench.stack.Workers;
import io.millrace.bench.step.FanOut;
import io.millrace.bench.step.FanOut.Begin;
import io.millrace.bench.step.FanOut.Gather;
import io.millrace.bench.step.FanOut.Handle;
import io.millrace.bench.step.FanOut.Join;
import io.millrace.bench.step.FanOut.Joined;
import io.millrace.bench.step.FanOut.Scatter;
import io.millrace.bench.step.FanOut.Split;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether a run's time grows in proportion to its width, and no faster. */
public final class Fanout implements Benchmark {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** The widest one in two seconds. */
  private static final double WISHED_PARTS_PER_SECOND = 5_000;

  private static final int WARM_UPS = 3;

  /** Runs of the narrower widths, which are short and so vary more. */
  private static final int NARROW = 4;

  @Override
  public String name() {
    return "fanout";
  }

  @Override
  public String about() {
    return "one run of N parallel events and their join, by List and by collectEvents; the widest against one of a tenth";
  }

  @Override
  public List<Figure> run(Bench bench) throws InterruptedException {
    List<Figure> figures = new ArrayList<>();
    try (Workers workers = bench.stack().workers(processes())) {
      figures.addAll(of(bench, "list", FanOut.BY_LIST));
      figures.addAll(of(bench, "collect", FanOut.BY_COLLECT));
    }
    return figures;
  }

  /** Both ways have their first steps in one process, and so on. */
  private static List<WorkerProcess> processes() {
    return List.of(
        process("fanout-out", Split.class, Scatter.class),
        process("fanout-handle", Handle.class, Handle.class),
        process("fanout-in", Join.class, Gather.class));
  }

  private static WorkerProcess process(String name, Class<?> byList, Class<?> byCollect) {
    return new WorkerProcess(
        name,
        List.of(
            new Job(FanOut.BY_LIST.name(), byList), new Job(FanOut.BY_COLLECT.name(), byCollect)));
  }

  private List<Figure> of(Bench bench, String way, Workflow<Begin, Joined> workflow)
      throws InterruptedException {
    int wide = bench.scale().pick(50, 10_000, 10_000);
    int tenth = wide / 10;
    int hundredth = Math.max(1, wide / 100);
    for (int i = 0; i < WARM_UPS; i++) {
      time(bench, workflow, tenth);
    }
    List<Double> small = times(bench, workflow, hundredth, NARROW);
    List<Double> middle = times(bench, workflow, tenth, NARROW);
    List<Double> large = times(bench, workflow, wide, bench.scale().pick(1, 1, 5));
    String prefix = name() + "." + way + ".";
    double widest = median(large, t -> t);
    double before = median(middle, t -> t);
    return List.of(
        Figure.of(prefix + hundredth, median(small, t -> t), "ms"),
        Figure.of(prefix + tenth, before, "ms"),
        Figure.of(prefix + wide, widest, "ms").against(before).atMost(11),
        Figure.of(prefix + "parts", wide / widest * 1_000, "1/s")
            .wishAtLeast(WISHED_PARTS_PER_SECOND));
  }

  /** Of so many runs, one after the other; what they cost is told by process. */
  private static List<Double> times(
      Bench bench, Workflow<Begin, Joined> workflow, int width, int runs)
      throws InterruptedException {
    List<Double> times = new ArrayList<>();
    CpuTimes before = bench.stack().cpu();
    for (int i = 0; i < runs; i++) {
      times.add(time(bench, workflow, width));
    }
    Usage used = bench.stack().cpu().since(before);
    bench.progress(
        "  %s of %,d: %.0f ms, %.2f CPU s for 1,000 parts: %s"
            .formatted(
                workflow.name(),
                width,
                median(times, t -> t),
                used.total() * 1_000 / (width * runs),
                used));
    return times;
  }

  /** Of one run, from its start until the client has the result, in milliseconds. */
  private static double time(Bench bench, Workflow<Begin, Joined> workflow, int width)
      throws InterruptedException {
    long began = System.nanoTime();
    Joined joined = bench.stack().client().start(workflow, new Begin(width)).result(LIMIT);
    double took = (System.nanoTime() - began) / 1e6;
    if (!joined.equals(new Joined(width, width))) {
      throw new IllegalStateException(
          "%s joined %s instead of %d distinct members".formatted(workflow.name(), joined, width));
    }
    return took;
  }
}
