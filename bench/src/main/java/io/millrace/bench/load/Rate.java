package io.millrace.bench.load;

import io.millrace.bench.stack.CpuTimes;
import io.millrace.bench.stack.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How fast operations ended while many were in flight.
 *
 * @param perSecond operations
 * @param cpu what the processes used meanwhile
 * @param ended how many did
 */
public record Rate(double perSecond, Usage cpu, long ended) {
  private static final Duration LONGEST_RAMP = Duration.ofSeconds(10);

  /**
   * Measures several rounds under one load. The first begins once as many operations have ended as
   * are in flight, or that takes too long.
   *
   * @param round how long one is, at least: a load that was begun all at once goes in waves, so a
   *     round goes on until as many have ended as are in flight, unless that takes too long
   */
  public static List<Rate> measure(
      Operation operation, int inFlight, int rounds, Duration round, Supplier<CpuTimes> cpu)
      throws InterruptedException {
    List<Rate> rates = new ArrayList<>();
    try (Load load = Load.start(operation, inFlight)) {
      long began = System.nanoTime();
      while (load.ended() < inFlight && System.nanoTime() - began < LONGEST_RAMP.toNanos()) {
        Thread.sleep(1);
      }
      for (int i = 0; i < rounds; i++) {
        rates.add(round(load, inFlight, round, cpu));
      }
    }
    return rates;
  }

  private static Rate round(Load load, int inFlight, Duration length, Supplier<CpuTimes> cpu)
      throws InterruptedException {
    CpuTimes usedBefore = cpu.get();
    long endedBefore = load.ended();
    long began = System.nanoTime();
    Thread.sleep(length.toMillis());
    while (load.ended() == endedBefore
        || (load.ended() - endedBefore < inFlight
            && System.nanoTime() - began < LONGEST_RAMP.toNanos())) {
      Thread.sleep(1);
    }
    long ended = load.ended() - endedBefore;
    double seconds = (System.nanoTime() - began) / 1e9;
    return new Rate(ended / seconds, cpu.get().since(usedBefore), ended);
  }

  /**
   * CPU seconds for a thousand.
   *
   * @param parts what each operation counts for: steps, hops
   */
  public double cpuPerThousand(int parts) {
    return cpu.total() / (ended * (double) parts) * 1000;
  }

  /** The same, with only the CPU time of some processes. */
  public Rate of(Predicate<String> processes) {
    return new Rate(perSecond, cpu.of(processes), ended);
  }
}
