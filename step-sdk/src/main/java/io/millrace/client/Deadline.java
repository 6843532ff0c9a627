package io.millrace.client;

import io.millrace.CallInterruptedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A moment by which a wait ends; monotonic. */
record Deadline(long nanos) {
  static Deadline in(Duration wait) {
    return new Deadline(System.nanoTime() + nanos(wait));
  }

  private static long nanos(Duration wait) {
    // Half of the range, so that sums with nanoTime compare correctly.
    Duration most = Duration.ofNanos(Long.MAX_VALUE / 2);
    return wait.compareTo(most) > 0 ? most.toNanos() : wait.toNanos();
  }

  /** Never negative. */
  long remainingMillis() {
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime()));
  }

  Duration remaining() {
    return Duration.ofMillis(remainingMillis());
  }

  boolean passed() {
    return nanos - System.nanoTime() <= 0;
  }

  /**
   * Waits on a monitor that the caller holds.
   *
   * @return false if the moment has passed
   */
  @SuppressWarnings("WaitNotInLoop") // callers check their condition in a loop
  boolean waitOn(Object monitor) {
    if (passed()) {
      return false;
    }
    try {
      monitor.wait(Math.max(1, remainingMillis()));
      return true;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  static CallInterruptedException interrupted(Throwable cause) {
    Thread.currentThread().interrupt();
    return new CallInterruptedException("interrupted while waiting", cause);
  }
}
