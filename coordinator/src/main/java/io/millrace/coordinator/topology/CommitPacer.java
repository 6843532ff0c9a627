package io.millrace.coordinator.topology;

/**
 * When a stream thread should commit. A fact (outcome, reply, prompt, cancel, dead letter) is
 * visible outside only after a commit, and a commit costs by the partitions it touches, not by its
 * records: it is best shared. Whether there is anybody to share it with is known from the work that
 * is out: each execution that was dispatched and has neither ended nor been adopted will bring an
 * input within moments. So a fact is committed at once when nothing is out, and waits the longer
 * the more there is, {@code busyGap} at most.
 *
 * <p>A fact that is not urgent, such as the reply to a start, waits until no input has come for a
 * moment: a commit keeps the thread from its work for a few milliseconds, and a short run may be
 * over by then, whose end is told by the same commit.
 *
 * <p>One for each stream thread; not thread-safe.
 */
final class CommitPacer {
  /** The markers of a commit should be written before the next one begins. */
  static final long LEAST_GAP_NANOS = 5_000_000;

  /** Without an input for so long nobody is kept from work. */
  static final long QUIET_NANOS = 10_000_000;

  /** For so long an urgent fact may still come. */
  static final long PATIENCE_NANOS = 50_000_000;

  private static final long GAP_NANOS_PER_EXECUTION = 2_000_000;

  /** Work takes at least so many times as long as commits, also where those are slow. */
  private static final long LEAST_SHARE_OF_WORK = 2;

  private final long busyGapNanos;
  private boolean waiting;
  private boolean urgent;
  private long waitingSince;
  private long inputNanos;
  private Runnable commit = () -> {};
  private int out;
  private long costNanos;
  private long endNanos;

  /**
   * @param busyGapNanos least time from one commit to the next while there is much to do
   */
  CommitPacer(long busyGapNanos, long nowNanos) {
    this.busyGapNanos = busyGapNanos;
    this.endNanos = nowNanos - busyGapNanos;
    this.inputNanos = nowNanos;
  }

  /** An input has come. */
  void input(long nowNanos) {
    inputNanos = nowNanos;
  }

  /** So many more executions, or fewer, are out. */
  void out(int more) {
    out += more;
  }

  /**
   * Somebody waits for the next commit.
   *
   * @param now whether it should wait for nothing but the gap
   * @param request asks for a commit, in vain if it is out of date
   */
  void fact(boolean now, long nowNanos, Runnable request) {
    if (!waiting) {
      waiting = true;
      waitingSince = nowNanos;
    }
    urgent |= now;
    commit = request;
  }

  /** How long nothing needs to be committed, if no input comes; for ever if nobody waits. */
  long untilDue(long nowNanos) {
    if (!waiting) {
      return Long.MAX_VALUE;
    }
    long gapLeft = endNanos + gap() - nowNanos;
    long quietLeft = Math.max(inputNanos, waitingSince) + QUIET_NANOS - nowNanos;
    long patienceLeft = waitingSince + PATIENCE_NANOS - nowNanos;
    return Math.max(0, Math.max(gapLeft, urgent ? 0 : Math.min(quietLeft, patienceLeft)));
  }

  /** Asks for a commit if one is due. */
  void commitIfDue(long nowNanos) {
    if (untilDue(nowNanos) == 0) {
      commit.run();
    }
  }

  /** How long the oldest fact has waited; 0: nobody waits. */
  long waited(long nowNanos) {
    return waiting ? nowNanos - waitingSince : 0;
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
