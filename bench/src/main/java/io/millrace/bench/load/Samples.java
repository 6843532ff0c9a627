package io.millrace.bench.load;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.ConcurrentHistogram;

/** Durations of one kind, for percentiles. Thread-safe. */
public final class Samples {
  private static final int DIGITS = 3;
  private static final long PATIENCE_SECONDS = 60;

  private final ConcurrentHistogram nanos = new ConcurrentHistogram(DIGITS);

  public void add(long durationNanos) {
    nanos.recordValue(durationNanos);
  }

  public long count() {
    return nanos.getTotalCount();
  }

  /**
   * In milliseconds.
   *
   * @param percent for instance 99
   */
  public double percentile(double percent) {
    return nanos.getValueAtPercentile(percent) / 1e6;
  }

  /** Durations of operations that are made one after the other. */
  public static Samples oneByOne(Operation operation, int count) throws InterruptedException {
    Samples samples = new Samples();
    for (int i = 0; i < count; i++) {
      long began = System.nanoTime();
      try {
        operation.begin(Load.nextNumber()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw new IllegalStateException("an operation failed: " + e, e);
      }
      samples.add(System.nanoTime() - began);
    }
    return samples;
  }

  /** The middle one; of an even number the lower of the two in the middle. */
  public static <T> double median(List<T> rounds, ToDoubleFunction<T> what) {
    double[] sorted = rounds.stream().mapToDouble(what).sorted().toArray();
    return sorted[(sorted.length - 1) / 2];
  }
}
