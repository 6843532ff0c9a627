package io.millrace.coordinator.topology;

/**
 * When a stream thread should commit. A fact (outcome, reply, prompt, cancel, dead letter) is
 * visible outside only after a commit, and a commit costs by the partitions it touches, not by its
 * records: it is best shared. Whether there is anybody to share it with is known from the work that
 * is out: each execution that was dispatched and has neither ended nor been adopted will bring an
 * input within moments. So a fact is committed at once when nothing is out, and waits the longer
 * the more there is, {@code busyGap} at most.
 *
 * <p>A fact that is not urgent, such as the reply to a start, waits a little in any case: a commit
 * keeps the thread from its work for a few milliseconds, and a short run is over by then.
 *
 * <p>One for each stream thread; not thread-safe.
 */
final class CommitPacer {
  /** The markers of a commit should be written before the next one begins. */
  static final long LEAST_GAP_NANOS = 5_000_000;

  static final long PATIENCE_NANOS = 10_000_000;

  private static final long GAP_NANOS_PER_EXECUTION = 2_000_000;

  /** Work takes at least so many times as long as commits, also where those are slow. */
  private static final long LEAST_SHARE_OF_WORK = 2;

  private final long busyGapNanos;
  private boolean waiting;
  private boolean urgent;
  private long waitingSince;
  private int out;
  private long costNanos;
  private long endNanos;

  /**
   * @param busyGapNanos least time from one commit to the next while there is much to do
   */
  CommitPacer(long busyGapNanos, long nowNanos) {
    this.busyGapNanos = busyGapNanos;
    this.endNanos = nowNanos - busyGapNanos;
  }

  /** So many more executions, or fewer, are out. */
  void out(int more) {
    out += more;
  }

  /**
   * Somebody waits for the next commit.
   *
   * @param now whether it should wait for nothing but the gap
   */
  void fact(boolean now, long nowNanos) {
    if (!waiting) {
      waiting = true;
      waitingSince = nowNanos;
    }
    urgent |= now;
  }

  /** Whether anybody waits for a commit. */
  boolean isAwaited() {
    return waiting;
  }

  /** Whether to commit now. */
  boolean due(long nowNanos) {
    return waiting
        && nowNanos - endNanos >= gap()
        && (urgent || nowNanos - waitingSince >= PATIENCE_NANOS);
  }

  /** A commit has ended, whoever asked for it: nobody waits any more, and the next gap begins. */
  void committed(long tookNanos, long nowNanos) {
    waiting = false;
    urgent = false;
    costNanos = tookNanos;
    endNanos = nowNanos;
  }

  private long gap() {
    long most = Math.max(busyGapNanos, costNanos * LEAST_SHARE_OF_WORK);
    return Math.min(most, LEAST_GAP_NANOS + out * GAP_NANOS_PER_EXECUTION);
  }
}
