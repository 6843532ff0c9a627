package io.millrace.http.api;

import io.millrace.UntypedRunHandle;
import io.millrace.http.route.Answer;
import io.millrace.http.route.Call;
import io.millrace.http.route.Parameter;
import io.millrace.http.route.Queries;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Waiting for the end of a run, without a thread. */
final class Waiting {
  private static final int MOST_SECONDS = 60;

  /** A run that has ended already may still be putting its terminal event on the stream. */
  private static final int LEAST_MILLIS = 5_000;

  static final Parameter PARAMETER =
      Parameter.query(
              "waitSeconds",
              "Wait for the end of the run, at most so long, at most "
                  + MOST_SECONDS
                  + "; default 0.")
          .ofType("integer");

  private Waiting() {}

  static int seconds(Call call) {
    return Queries.number(call, "waitSeconds", 0, 0, MOST_SECONDS);
  }

  static Answer outcome(int seconds, UntypedRunHandle handle, Answer notEnded) {
    long millis = Math.max(LEAST_MILLIS, TimeUnit.SECONDS.toMillis(seconds));
    CompletableFuture<Answer> ended =
        handle.outcomeJsonAsync().thenApply(json -> Answer.ok(Runs.outcomeView(json)));
    return Answer.later(ended.completeOnTimeout(notEnded, millis, TimeUnit.MILLISECONDS));
  }
}
