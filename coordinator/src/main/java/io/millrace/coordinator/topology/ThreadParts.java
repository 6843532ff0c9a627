package io.millrace.coordinator.topology;

import io.millrace.coordinator.metrics.CoordinatorMetrics;
import java.time.Duration;

/**
 * What belongs to one stream thread each: pacers, by which its processors, its producer and its
 * consumer know of each other, and the cache that its tasks share. Thread-safe.
 */
public final class ThreadParts {
  private static final long CACHED_BYTES = 16 << 20;

  private final CoordinatorMetrics metrics;
  private final ThreadLocal<CommitPacer> commits;
  private final ThreadLocal<PollPacer> polls = ThreadLocal.withInitial(PollPacer::new);
  private final ThreadLocal<EntryCache> caches =
      ThreadLocal.withInitial(() -> new EntryCache(CACHED_BYTES));

  /**
   * @param busyGap least time from one commit to the next while there is much to do
   */
  public ThreadParts(Duration busyGap, CoordinatorMetrics metrics) {
    this.metrics = metrics;
    commits = ThreadLocal.withInitial(() -> new CommitPacer(busyGap.toNanos(), System.nanoTime()));
  }

  /** That of the calling stream thread. */
  CommitPacer commits() {
    return commits.get();
  }

  /** The calling stream thread has committed. */
  void committed(long tookNanos, long nowNanos) {
    CommitPacer pacer = commits();
    metrics.committed(tookNanos, pacer.waited(nowNanos));
    pacer.committed(tookNanos, nowNanos);
  }

  /** That of the calling stream thread. */
  PollPacer polls() {
    return polls.get();
  }

  /** That of the calling stream thread. */
  EntryCache cache() {
    return caches.get();
  }
}
