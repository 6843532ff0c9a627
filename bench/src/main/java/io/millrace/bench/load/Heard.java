package io.millrace.bench.load;

import java.util.concurrent.TimeUnit;

/** What a reader heard of what was told: how fast it came and how long each took. One thread. */
public final class Heard {
  private final Samples delays = new Samples();
  private long firstWritten = Long.MAX_VALUE;
  private long lastSeen;

  /**
   * Takes one, by {@link Micros}; a clock that was set back meanwhile counts as no delay.
   *
   * @param written just before it was handed over
   * @param seen when the reader had it
   */
  public void add(long written, long seen) {
    delays.add(TimeUnit.MICROSECONDS.toNanos(Math.max(0, seen - written)));
    firstWritten = Math.min(firstWritten, written);
    lastSeen = Math.max(lastSeen, seen);
  }

  public int count() {
    return Math.toIntExact(delays.count());
  }

  /** From the first written to the last seen. */
  public double perSecond() {
    return count() / ((lastSeen - firstWritten) / 1e6);
  }

  /** In milliseconds. */
  public double medianDelay() {
    return delays.percentile(50);
  }
}
