package io.millrace.http;

import io.millrace.http.route.ProblemException;
import io.millrace.http.route.ProblemKind;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * How many requests are handled at once. Each holds a thread of the server for as long as Kafka
 * takes to answer; without a bound below the number of threads, one slow minute would leave none
 * for the probes, and a healthy coordinator would be killed for it. Thread-safe.
 */
final class Handling {
  private final Semaphore places;
  private final int most;

  Handling(int most) {
    this.most = most;
    this.places = new Semaphore(most);
  }

  /**
   * Does it in a place.
   *
   * @throws ProblemException at once if there is none
   */
  <T> T inPlace(Supplier<T> work) {
    if (!places.tryAcquire()) {
      throw new ProblemException(
          ProblemKind.BUSY,
          most
              + " requests are being handled by this coordinator already; try another one, or"
              + " later, or raise millrace.http.max.concurrent.requests",
          Map.of("Retry-After", "1"));
    }
    try {
      return work.get();
    } finally {
      places.release();
    }
  }
}
