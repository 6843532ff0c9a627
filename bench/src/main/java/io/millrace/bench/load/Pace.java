package io.millrace.bench.load;

import java.util.concurrent.TimeUnit;

/**
 * Lets its caller go on at an even pace. Who is late catches up, so that the load does not yield to
 * what it measures. For one thread.
 */
public final class Pace {
  private final long gapNanos;
  private long next = System.nanoTime();

  private Pace(long gapNanos) {
    this.gapNanos = gapNanos;
  }

  /**
   * Begins now.
   *
   * @param rate 0: no pace, {@link #await} returns at once
   */
  public static Pace perSecond(int rate) {
    return new Pace(rate == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / rate);
  }

  /** Returns when it is the next one's turn. */
  public void await() throws InterruptedException {
    if (gapNanos == 0) {
      return;
    }
    long early = next - System.nanoTime();
    if (early > 0) {
      TimeUnit.NANOSECONDS.sleep(early);
    }
    next += gapNanos;
  }
}
