package io.millrace.bench.stack;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * CPU time that each process has used since it began.
 *
 * @param byProcess by name; this JVM is {@link #CLIENT}
 */
public record CpuTimes(Map<String, Duration> byProcess) {
  /** The benchmark's own JVM. */
  public static final String CLIENT = "client";

  public CpuTimes {
    byProcess = Map.copyOf(byProcess);
  }

  static CpuTimes now(Processes processes) {
    Map<String, Duration> times = new TreeMap<>();
    times.put(CLIENT, of(ProcessHandle.current()));
    for (String name : processes.names()) {
      ProcessHandle.of(processes.pid(name)).ifPresent(process -> times.put(name, of(process)));
    }
    return new CpuTimes(times);
  }

  private static Duration of(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** What was used since {@code earlier} by the processes that are in both. */
  public Usage since(CpuTimes earlier) {
    Map<String, Double> seconds = new TreeMap<>();
    byProcess.forEach(
        (name, time) -> {
          Duration before = earlier.byProcess.get(name);
          if (before != null && before.compareTo(time) <= 0) {
            seconds.put(name, time.minus(before).toNanos() / 1e9);
          }
        });
    return new Usage(seconds);
  }
}
