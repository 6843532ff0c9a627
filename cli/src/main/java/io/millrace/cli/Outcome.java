package io.millrace.cli;

import io.millrace.UntypedRunHandle;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How a run ended. */
final class Outcome {
  /** A run that has ended already may still be putting its terminal event on the stream. */
  private static final Duration LEAST = Duration.ofSeconds(5);

  private Outcome() {}

  /**
   * As one JSON object.
   *
   * @throws NotEndedException if it has not ended in time
   */
  static String await(UntypedRunHandle run, Duration patience) {
    boolean ended = run.inspect().outcome().isPresent();
    if (!ended && patience.isZero()) {
      throw new NotEndedException(run.runId(), patience);
    }
    long millis = (ended ? LEAST.plus(patience) : patience).toMillis();
    try {
      return run.outcomeJsonAsync().get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new NotEndedException(run.runId(), patience);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("waiting for the outcome failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotEndedException(run.runId(), patience);
    }
  }

  /** A run goes on; the message says what to do. */
  static final class NotEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotEndedException(String runId, Duration patience) {
      super(
          "run %s has not ended%s; `millrace tail %s` shows what happens, --wait waits"
              .formatted(
                  runId, patience.isZero() ? "" : " within " + patience.toSeconds() + " s", runId));
    }
  }
}
