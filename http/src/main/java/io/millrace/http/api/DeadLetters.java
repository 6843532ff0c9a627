package io.millrace.http.api;

import io.millrace.coordinator.index.DeadLetterFilter;
import io.millrace.http.api.DeadLetterViews.DeadLetterList;
import io.millrace.http.route.Access;
import io.millrace.http.route.Answer;
import io.millrace.http.route.Call;
import io.millrace.http.route.Parameter;
import io.millrace.http.route.Queries;
import io.millrace.http.route.Route;
import java.util.List;
import java.util.Optional;

/** Looking at what could not be handled. */
final class DeadLetters {
  private static final int MOST_A_PAGE = 200;
  private static final int A_PAGE = 50;

  private final DeadLetterLister lister;
  private final Turn turn;

  /**
   * @param turn for the reader of the topic
   */
  DeadLetters(DeadLetterLister lister, Turn turn) {
    this.lister = lister;
    this.turn = turn;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
                "/api/dead-letters",
                Access.VIEW,
                "listDeadLetters",
                "Events and records that could not be handled, newest first",
                this::list)
            .with(
                Parameter.query("workflow", "Only those of runs of this workflow."),
                Parameter.query("runId", "Only those of this run."),
                Parameter.query("step", "Only those of this step."),
                Parameter.query(
                        "limit",
                        "Letters a page, at most %d; default %d.".formatted(MOST_A_PAGE, A_PAGE))
                    .ofType("integer"),
                Parameter.query("cursor", "What the page before named as 'next'.")
                    .ofType("integer"))
            .answering(200, "A page of the list", DeadLetterList.class));
  }

  private Answer list(Call call) {
    int limit = Queries.number(call, "limit", A_PAGE, 1, MOST_A_PAGE);
    DeadLetterFilter filter =
        new DeadLetterFilter(call.query("workflow"), call.query("runId"), call.query("step"));
    Optional<Long> before = before(call);
    return Answer.ok(DeadLetterViews.list(turn.take(() -> lister.page(filter, before, limit))));
  }

  private static Optional<Long> before(Call call) {
    try {
      return call.query("cursor").map(Long::valueOf);
    } catch (NumberFormatException e) {
      throw Queries.bad("cursor", "did not come from a list of dead letters");
    }
  }
}
