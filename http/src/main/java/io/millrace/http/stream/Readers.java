package io.millrace.http.stream;

import io.millrace.http.route.ProblemException;
import io.millrace.http.route.ProblemKind;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** How many may read at once: each holds a thread and a consumer. Thread-safe. */
final class Readers {
  private final Semaphore places;
  private final int most;

  Readers(int most) {
    this.most = most;
    this.places = new Semaphore(most);
  }

  /**
   * Takes a place.
   *
   * @return gives it back; only the first call counts
   * @throws ProblemException if there is none
   */
  Runnable enter() {
    if (!places.tryAcquire()) {
      throw new ProblemException(
          ProblemKind.TOO_MANY_READERS,
          most
              + " readers are at streams of this coordinator already; try another one, or later, or"
              + " raise millrace.http.max.readers",
          Map.of("Retry-After", "5"));
    }
    AtomicBoolean left = new AtomicBoolean();
    return () -> {
      if (left.compareAndSet(false, true)) {
        places.release();
      }
    };
  }
}
