package io.millrace.http.api;

import io.millrace.http.route.ProblemException;
import io.millrace.http.route.ProblemKind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * For what one reader answers, one question after the other: a few wait a little for their turn,
 * the others are told to come later. Otherwise the threads of all requests could end up in this
 * queue. Thread-safe.
 */
final class Turn {
  private static final int MOST_WAITING = 8;

  private final Semaphore reader = new Semaphore(1, true);
  private final String what;
  private final Duration patience;

  /**
   * @param what for messages, in the plural
   * @param patience how long one waits for his turn
   */
  Turn(String what, Duration patience) {
    this.what = what;
    this.patience = patience;
  }

  /**
   * @throws ProblemException if the turn does not come in time
   */
  <T> T take(Supplier<T> question) {
    if (!isMine()) {
      throw new ProblemException(
          ProblemKind.BUSY,
          what + " are read for others already, one after the other; ask again",
          Map.of("Retry-After", "2"));
    }
    try {
      return question.get();
    } finally {
      reader.release();
    }
  }

  private boolean isMine() {
    if (reader.getQueueLength() >= MOST_WAITING) {
      return false;
    }
    try {
      return reader.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ProblemKind.UNAVAILABLE, "the server stops; ask another one");
    }
  }
}
