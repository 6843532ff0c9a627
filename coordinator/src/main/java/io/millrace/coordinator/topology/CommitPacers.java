package io.millrace.coordinator.topology;

import java.time.Duration;

/**
 * The pacers of all stream threads: one for what the processors of a thread and its producer have
 * to say to each other. Thread-safe.
 */
public final class CommitPacers {
  private final ThreadLocal<CommitPacer> pacers;

  /**
   * @param busyGap least time from one commit to the next while there is much to do
   */
  public CommitPacers(Duration busyGap) {
    pacers = ThreadLocal.withInitial(() -> new CommitPacer(busyGap.toNanos(), System.nanoTime()));
  }

  /** That of the calling stream thread. */
  CommitPacer mine() {
    return pacers.get();
  }
}
