package io.millrace.coordinator.topology;

import java.time.Duration;

/**
 * The pacers of all stream threads: for what the processors of a thread, its producer and its
 * consumer have to say to each other. Thread-safe.
 */
public final class ThreadPacers {
  private final ThreadLocal<CommitPacer> commits;
  private final ThreadLocal<PollPacer> polls;

  /**
   * @param busyGap least time from one commit to the next while there is much to do
   */
  public ThreadPacers(Duration busyGap) {
    commits = ThreadLocal.withInitial(() -> new CommitPacer(busyGap.toNanos(), System.nanoTime()));
    polls = ThreadLocal.withInitial(PollPacer::new);
  }

  /** That of the calling stream thread. */
  CommitPacer commits() {
    return commits.get();
  }

  /** That of the calling stream thread. */
  PollPacer polls() {
    return polls.get();
  }
}
