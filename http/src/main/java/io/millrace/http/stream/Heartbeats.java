package io.millrace.http.stream;

import io.millrace.http.route.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Shows silent readers that their stream lives, and finds out which of them are gone. One clock for
 * all; a reader that takes no bytes holds up a thread of its own, not the clock. Thread-safe.
 */
public final class Heartbeats implements AutoCloseable {
  private final Duration interval;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(daemon("millrace-http-heartbeat"));
  private final ExecutorService writers =
      Executors.newCachedThreadPool(daemon("millrace-http-heartbeat-writer"));

  public Heartbeats(Duration interval) {
    this.interval = interval;
  }

  /**
   * Beats until the returned future is cancelled.
   *
   * @param gone called when the reader does not take a heartbeat
   */
  Future<?> start(Answer.Sink sink, byte[] beat, Runnable gone) {
    long millis = Math.max(1, interval.toMillis());
    return clock.scheduleAtFixedRate(
        () -> writers.execute(() -> beat(sink, beat, gone)), millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Does something once, when that time has passed. */
  Future<?> in(Duration delay, Runnable action) {
    return clock.schedule(action, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
  }

  private static void beat(Answer.Sink sink, byte[] beat, Runnable gone) {
    try {
      sink.trySend(beat);
    } catch (IOException e) {
      gone.run();
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    writers.shutdown();
  }

  private static ThreadFactory daemon(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
