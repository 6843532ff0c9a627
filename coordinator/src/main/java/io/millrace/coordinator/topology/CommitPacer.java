package io.millrace.coordinator.topology;

/**
 * When a stream thread should commit. A fact (outcome, reply, prompt, cancel, dead letter) is
 * visible outside only after a commit, and a commit costs by the partitions it touches. So a thread
 * with little to do commits soon after each fact, a busy one every {@code busyGap}. One for each
 * stream thread; not thread-safe.
 */
final class CommitPacer {
  private static final int BUSY_INPUTS = 32;
  private static final long IDLE_GAP_NANOS = 3_000_000;

  private final long busyGapNanos;
  private boolean waiting;
  private int inputs;
  private long lastNanos;

  CommitPacer(long busyGapNanos, long nowNanos) {
    this.busyGapNanos = busyGapNanos;
    this.lastNanos = nowNanos - busyGapNanos;
  }

  void input() {
    inputs++;
  }

  void fact() {
    waiting = true;
  }

  /** True: commit now, and the next gap begins. */
  boolean due(long nowNanos) {
    long gap = inputs > BUSY_INPUTS ? busyGapNanos : IDLE_GAP_NANOS;
    if (!waiting || nowNanos - lastNanos < gap) {
      return false;
    }
    waiting = false;
    inputs = 0;
    lastNanos = nowNanos;
    return true;
  }
}
