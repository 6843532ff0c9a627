package io.millrace.coordinator.topology;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How long a stream thread that has nothing to do may wait for records. Records end the wait
 * whenever they come; but a commit that is due in a moment and a timer do not, for which Streams
 * would have to look every few milliseconds, and that is most of what an idle coordinator costs.
 *
 * <p>One for each stream thread; not thread-safe.
 */
final class PollPacer {
  /** Liveness of workers is looked at about as often. */
  static final Duration LONGEST = Duration.ofMillis(200);

  /** Whoever was at work a moment ago is asked to go on soon. */
  static final Duration REST = Duration.ofMillis(500);

  /** A commit that cannot be made just now is not asked for without a pause. */
  private static final long LEAST_NANOS = 1_000_000;

  private final Map<Object, Long> timers = new HashMap<>();
  private long busyUntilMillis;

  /** An input has come. */
  void input(long nowMillis) {
    busyUntilMillis = nowMillis + REST.toMillis();
  }

  /**
   * @param owner whose timers they are
   * @param nextMillis when it wants to look at them next
   */
  void timers(Object owner, long nextMillis) {
    timers.put(owner, nextMillis);
  }

  /** It has no timers any more. */
  void forget(Object owner) {
    timers.remove(owner);
  }

  /**
   * How long to wait.
   *
   * @param asked what Streams asks for; zero while there are records
   * @param untilCommitNanos when a commit may become due
   */
  Duration patience(Duration asked, long untilCommitNanos, long nowMillis) {
    if (untilCommitNanos < asked.toNanos()) {
      return Duration.ofNanos(Math.max(LEAST_NANOS, untilCommitNanos));
    }
    if (asked.isZero() || untilCommitNanos != Long.MAX_VALUE || nowMillis < busyUntilMillis) {
      return asked;
    }
    long most = LONGEST.toMillis();
    for (long next : timers.values()) {
      most = Math.min(most, next - nowMillis);
    }
    return most <= asked.toMillis() ? asked : Duration.ofMillis(most);
  }
}
