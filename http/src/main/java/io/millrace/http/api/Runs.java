package io.millrace.http.api;

import io.millrace.RunInspection;
import io.millrace.coordinator.index.RunFilter;
import io.millrace.coordinator.index.RunPage;
import io.millrace.http.api.RunViews.NotEnded;
import io.millrace.http.api.RunViews.OutcomeView;
import io.millrace.http.api.RunViews.RunDetail;
import io.millrace.http.api.RunViews.RunList;
import io.millrace.http.api.RunViews.RunSummary;
import io.millrace.http.look.Look;
import io.millrace.http.look.Looks;
import io.millrace.http.route.Access;
import io.millrace.http.route.Answer;
import io.millrace.http.route.Call;
import io.millrace.http.route.Json;
import io.millrace.http.route.Parameter;
import io.millrace.http.route.ProblemKind;
import io.millrace.http.route.Queries;
import io.millrace.http.route.Route;
import io.millrace.protocol.RunStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looking at runs. */
final class Runs {
  private static final int MOST_A_PAGE = 500;
  private static final int A_PAGE = 50;
  static final Parameter RUN_ID = Parameter.path("runId", "Id of the run.");

  private final RunLister lister;
  private final Looks looks;
  private final Duration endPatience;

  /**
   * @param endPatience how long the outcome of a run that has ended is waited for: its terminal
   *     event is put on the stream first, and a redrive may take the end back
   */
  Runs(RunLister lister, Looks looks, Duration endPatience) {
    this.lister = lister;
    this.looks = looks;
    this.endPatience = endPatience;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/runs", Access.VIEW, "listRuns", "Runs, newest first", this::list)
            .with(
                Parameter.query("workflow", "Only runs of this workflow."),
                Parameter.query(
                    "status",
                    "Only runs of these statuses, separated by commas: "
                        + Arrays.stream(RunStatus.values())
                            .filter(status -> status != RunStatus.UNKNOWN)
                            .map(Enum::name)
                            .collect(Collectors.joining(", "))
                        + "."),
                Parameter.query("startedFrom", "Only runs started at this time or later.")
                    .ofFormat("date-time"),
                Parameter.query("startedBefore", "Only runs started before this time.")
                    .ofFormat("date-time"),
                Parameter.query(
                        "limit",
                        "Runs a page, at most %d; default %d.".formatted(MOST_A_PAGE, A_PAGE))
                    .ofType("integer"),
                Parameter.query("cursor", "What the page before named as 'next'."))
            .answering(200, "A page of the list", RunList.class),
        Route.get(
                "/api/runs/{runId}",
                Access.VIEW,
                "getRun",
                "One run: where it stands, its timeline, its outcome",
                this::one)
            .with(RUN_ID)
            .answering(200, "The run", RunDetail.class)
            .failing(ProblemKind.UNKNOWN_RUN, ProblemKind.NO_ANSWER),
        Route.get(
                "/api/runs/{runId}/outcome",
                Access.VIEW,
                "getOutcome",
                "How a run ended",
                this::outcome)
            .with(RUN_ID, Waiting.PARAMETER)
            .answering(200, "It has ended", OutcomeView.class)
            .answering(202, "It has not ended yet", NotEnded.class)
            .failing(ProblemKind.UNKNOWN_RUN, ProblemKind.NO_ANSWER));
  }

  private Answer list(Call call) {
    RunFilter filter =
        new RunFilter(
            call.query("workflow"),
            call.query("status").map(Runs::statuses).orElse(Set.of()),
            Queries.instant(call, "startedFrom"),
            Queries.instant(call, "startedBefore"));
    int limit = Queries.number(call, "limit", A_PAGE, 1, MOST_A_PAGE);
    RunPage page = lister.page(filter, call.query("cursor").map(RunCursor::parse), limit);
    return Answer.ok(
        new RunList(
            page.runs().stream()
                .map(
                    run ->
                        new RunSummary(
                            run.runId(),
                            run.workflow(),
                            run.status(),
                            run.epoch(),
                            run.startedAt(),
                            run.endedAt()))
                .toList(),
            page.next().map(RunCursor::text)));
  }

  private static Set<RunStatus> statuses(String text) {
    return Arrays.stream(text.split(","))
        .map(name -> Queries.constant("status", name.strip(), RunStatus.class))
        .collect(Collectors.toSet());
  }

  private Answer one(Call call) {
    Look look = looks.at(call.path("runId"));
    if (look.run().outcome().isEmpty()) {
      return Answer.ok(RunDetails.of(look.run(), Optional.empty()));
    }
    return Answer.later(
        Waiting.end(look.handle(), endPatience)
            .thenApply(
                outcome -> Answer.ok(RunDetails.of(look.run(), outcome.map(Runs::outcomeView)))));
  }

  private Answer outcome(Call call) {
    int wait = Waiting.seconds(call);
    Look look = looks.at(call.path("runId"));
    RunInspection run = look.run();
    Answer notEnded = Answer.accepted(new NotEnded(run.runId(), run.workflow(), run.status()));
    Duration asked = Duration.ofSeconds(wait);
    if (run.outcome().isPresent()) {
      return Waiting.outcome(
          asked.compareTo(endPatience) > 0 ? asked : endPatience, look.handle(), notEnded);
    }
    return wait == 0 ? notEnded : Waiting.outcome(asked, look.handle(), notEnded);
  }

  static OutcomeView outcomeView(String json) {
    return Json.own(json, OutcomeView.class);
  }
}
