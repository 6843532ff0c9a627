package io.millrace.bench.load;

import io.millrace.bench.stack.CpuTimes;
import io.millrace.bench.stack.Usage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
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

  /**
   * Measures for {@code round} under a load that is there already when the measuring begins: once
   * as many have ended as are in flight, but not before {@code warmUp} is over.
   *
   * @param starters threads that begin operations
   * @param numbers for the operations
   */
  public static Rate measure(
      Operation operation,
      int inFlight,
      int starters,
      AtomicLong numbers,
      Duration warmUp,
      Duration round,
      Supplier<CpuTimes> cpu)
      throws InterruptedException {
    try (Load load = Load.start(operation, inFlight, starters, numbers)) {
      long began = System.nanoTime();
      while (load.ended() < inFlight || System.nanoTime() - began < warmUp.toNanos()) {
        Thread.sleep(1);
      }
      return round(load, round, cpu);
    }
  }

  private static Rate round(Load load, Duration length, Supplier<CpuTimes> cpu)
      throws InterruptedException {
    CpuTimes usedBefore = cpu.get();
    long endedBefore = load.ended();
    long began = System.nanoTime();
    Thread.sleep(length.toMillis());
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
