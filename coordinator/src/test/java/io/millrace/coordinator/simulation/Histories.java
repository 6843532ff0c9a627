package io.millrace.coordinator.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Many seeds on all processors. */
final class Histories {
  /** The lowest failing seed that was met, or -1; how many were lived and what happened in them. */
  record Result(long failing, long lived, long actions, Visited visited) {}

  private final Rules.Maker rules;
  private final Visited visited = new Visited();
  private final AtomicLong next;
  private final AtomicLong failing = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong lived = new AtomicLong();
  private final AtomicLong actions = new AtomicLong();
  private final long end;

  private Histories(long first, long count, Rules.Maker rules) {
    this.next = new AtomicLong(first);
    this.end = first + count;
    this.rules = rules;
  }

  static Result live(long first, long count, Rules.Maker rules) {
    Histories histories = new Histories(first, count, rules);
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(pool.submit(histories::run));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("the simulator itself failed", e);
    } finally {
      pool.shutdownNow();
    }
    long failed = histories.failing.get();
    return new Result(
        failed == Long.MAX_VALUE ? -1 : failed,
        histories.lived.get(),
        histories.actions.get(),
        histories.visited);
  }

  private void run() {
    for (long seed = next.getAndIncrement();
        seed < end && seed < failing.get();
        seed = next.getAndIncrement()) {
      long failed = seed;
      World world = new World(Choices.ofSeed(seed), rules, Trace.off(), visited);
      try {
        world.live();
      } catch (AssertionError | RuntimeException e) {
        failing.accumulateAndGet(failed, Math::min);
      }
      lived.incrementAndGet();
      actions.addAndGet(world.actions());
    }
  }
}
