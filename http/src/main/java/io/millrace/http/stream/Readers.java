package io.millrace.http.stream;

import io.millrace.http.route.ProblemException;
import io.millrace.http.route.ProblemKind;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many may read at once: each holds a thread and a consumer. One caller has a share, so that he
 * cannot shut the others out. Thread-safe.
 */
final class Readers {
  private static final Map<String, String> LATER = Map.of("Retry-After", "5");

  private final int most;
  private final int mostOfOne;
  private final Map<String, Integer> reading = new HashMap<>();
  private int all;

  /**
   * @param most readers in all
   * @param mostOfOne readers of one caller
   */
  Readers(int most, int mostOfOne) {
    this.most = most;
    this.mostOfOne = mostOfOne;
  }

  /**
   * Takes a place.
   *
   * @return gives it back; only the first call counts
   * @throws ProblemException if there is none
   */
  synchronized Runnable enter(String caller) {
    if (all >= most) {
      throw new ProblemException(
          ProblemKind.TOO_MANY_READERS,
          most
              + " readers are at streams of this coordinator already; try another one, or later, or"
              + " raise millrace.http.max.readers",
          LATER);
    }
    if (reading.getOrDefault(caller, 0) >= mostOfOne) {
      throw new ProblemException(
          ProblemKind.TOO_MANY_READERS,
          caller
              + " has "
              + mostOfOne
              + " readers at streams of this coordinator already; end one, try another coordinator,"
              + " or raise millrace.http.max.readers.per.caller",
          LATER);
    }
    all++;
    reading.merge(caller, 1, Integer::sum);
    AtomicBoolean left = new AtomicBoolean();
    return () -> {
      if (left.compareAndSet(false, true)) {
        leave(caller);
      }
    };
  }

  private synchronized void leave(String caller) {
    all--;
    reading.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
  }
}
