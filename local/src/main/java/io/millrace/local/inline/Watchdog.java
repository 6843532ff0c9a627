package io.millrace.local.inline;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Interrupts the thread that made it when a step's timeout has passed, on the machine's clock. */
final class Watchdog {
  private final Thread watched = Thread.currentThread();
  private final Runnable before;
  private boolean stopped;

  private Watchdog(Runnable before) {
    this.before = before;
  }

  /**
   * @param timeout empty: it never bites, and needs no other thread
   * @param before called before the interrupt, on another thread
   */
  static Watchdog over(Optional<Duration> timeout, Runnable before) {
    Watchdog watchdog = new Watchdog(before);
    timeout.ifPresent(
        after ->
            CompletableFuture.delayedExecutor(after.toNanos(), TimeUnit.NANOSECONDS)
                .execute(watchdog::bite));
    return watchdog;
  }

  private synchronized void bite() {
    if (!stopped) {
      before.run();
      watched.interrupt();
      stopped = true;
    }
  }

  /** An interrupt that came too late must not disturb what follows. */
  synchronized void stop() {
    if (stopped) {
      Thread.interrupted();
    }
    stopped = true;
  }
}
