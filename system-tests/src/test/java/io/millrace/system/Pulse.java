package io.millrace.system;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Watches how long a load stands still: no run of it ends. Thread-safe. */
final class Pulse implements AutoCloseable {
  private static final long LOOK_MILLIS = 100;

  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "pulse");
            thread.setDaemon(true);
            return thread;
          });
  private final Load load;
  private int count;
  private long lastChange = System.nanoTime();
  private long longest;

  private Pulse(Load load) {
    this.load = load;
    this.count = load.count();
  }

  /** From now until it is closed. */
  static Pulse of(Load load) {
    Pulse pulse = new Pulse(load);
    pulse.watch.scheduleAtFixedRate(pulse::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    return pulse;
  }

  private synchronized void look() {
    long now = System.nanoTime();
    longest = Math.max(longest, now - lastChange);
    if (load.count() != count) {
      count = load.count();
      lastChange = now;
    }
  }

  /** The longest time so far in which no run ended. */
  synchronized Duration longestStandstill() {
    look();
    return Duration.ofNanos(longest);
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
