package io.millrace.http.api;

import io.millrace.RunInspection;
import io.millrace.coordinator.history.RunHistories;
import io.millrace.http.look.Looks;
import io.millrace.http.route.Access;
import io.millrace.http.route.Answer;
import io.millrace.http.route.Call;
import io.millrace.http.route.ProblemKind;
import io.millrace.http.route.Route;
import java.util.List;

/** What has happened in a run. */
final class History {
  private final Backend backend;
  private final Looks looks;
  private final Turn turn;

  /**
   * @param turn for the reader of the run log
   */
  History(Backend backend, Looks looks, Turn turn) {
    this.backend = backend;
    this.looks = looks;
    this.turn = turn;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
                "/api/runs/{runId}/history",
                Access.VIEW,
                "getHistory",
                "All executions and attempts of a run so far, those that are over included",
                this::of)
            .with(Runs.RUN_ID)
            .answering(200, "The history", HistoryViews.RunHistoryView.class)
            .failing(ProblemKind.UNKNOWN_RUN, ProblemKind.NO_ANSWER));
  }

  private Answer of(Call call) {
    RunInspection run = looks.at(call.path("runId")).run();
    RunHistories.Wanted wanted =
        new RunHistories.Wanted(
            run.runId(), run.startedAt(), run.epoch(), run.outcome().isPresent());
    return Answer.ok(
        HistoryViews.of(run.runId(), turn.take(() -> backend.history().apply(wanted))));
  }
}
