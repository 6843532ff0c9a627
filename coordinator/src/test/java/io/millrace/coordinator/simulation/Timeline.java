package io.millrace.coordinator.simulation;

import java.time.Instant;
import java.util.PriorityQueue;

/**
 * Virtual time, in milliseconds, and what is to happen when. What is due at once happens in order.
 */
final class Timeline {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private record Action(long at, long number, Runnable what) implements Comparable<Action> {
    @Override
    public int compareTo(Action other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Action> queue = new PriorityQueue<>();
  private long now;
  private long number;
  private long done;

  long now() {
    return now;
  }

  static Instant instant(long millis) {
    return BEGIN.plusMillis(millis);
  }

  static long millis(Instant instant) {
    return instant.toEpochMilli() - BEGIN.toEpochMilli();
  }

  void at(long millis, Runnable what) {
    queue.add(new Action(Math.max(now, millis), number++, what));
  }

  void after(long millis, Runnable what) {
    at(now + millis, what);
  }

  /** So many have happened. */
  long actions() {
    return done;
  }

  /** False: nothing is left to happen. */
  boolean step() {
    Action next = queue.poll();
    if (next == null) {
      return false;
    }
    now = next.at();
    done++;
    next.what().run();
    return true;
  }
}
