package io.millrace.http.api;

import io.millrace.UntypedRunHandle;
import io.millrace.http.route.Answer;
import io.millrace.http.route.Call;
import io.millrace.http.route.Parameter;
import io.millrace.http.route.Queries;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Waiting for the end of a run, without a thread. */
final class Waiting {
  private static final int MOST_SECONDS = 60;

  static final Parameter PARAMETER =
      Parameter.query(
              "waitSeconds",
              "Wait for the end of the run, at most so long, at most "
                  + MOST_SECONDS
                  + "; default 0. A run that has ended may be answered a few seconds later: its"
                  + " terminal event is put on the stream first.")
          .ofType("integer");

  private Waiting() {}

  static int seconds(Call call) {
    return Queries.number(call, "waitSeconds", 0, 0, MOST_SECONDS);
  }

  /** The outcome, if the run ends in time. */
  static Answer outcome(Duration atMost, UntypedRunHandle handle, Answer notEnded) {
    return Answer.later(
        end(handle, atMost)
            .thenApply(
                json -> json.map(text -> Answer.ok(Runs.outcomeView(text))).orElse(notEnded)));
  }

  /** The outcome, or empty when the time has passed; then nothing goes on waiting. */
  static CompletableFuture<Optional<String>> end(UntypedRunHandle handle, Duration atMost) {
    CompletableFuture<String> outcome = handle.outcomeJsonAsync();
    return outcome
        .thenApply(Optional::of)
        .completeOnTimeout(Optional.empty(), atMost.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((told, error) -> outcome.cancel(false));
  }
}
