package io.millrace.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.Redriven;
import io.millrace.SendOptions;
import io.millrace.StartOptions;
import io.millrace.UntypedRunHandle;
import io.millrace.WorkflowClient;
import io.millrace.http.api.RunViews.OutcomeView;
import io.millrace.http.api.RunViews.StartedRun;
import io.millrace.http.look.Looks;
import io.millrace.http.openapi.Doc;
import io.millrace.http.route.Access;
import io.millrace.http.route.Answer;
import io.millrace.http.route.Call;
import io.millrace.http.route.ProblemKind;
import io.millrace.http.route.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starting, answering, cancelling and redriving runs. */
final class Operations {
  @Doc("What to start. The same request with the same run id is the same run.")
  record StartRequest(
      String workflow,
      @Doc("Fits the schema of the workflow's start event.") ObjectNode event,
      @Doc("Type of the start event; needed only if the workflow has several.")
          Optional<String> startType,
      @Doc("Default: a new one.") Optional<String> runId,
      @Doc("Of the whole run, for instance PT10M; default: none.") Optional<Duration> timeout,
      @Doc("Stop that clock while the run only waits for a human.")
          Optional<Boolean> pauseTimeoutWhileWaiting,
      @Doc("Put retries and unhandled events on the stream.") Optional<Boolean> internalEvents,
      @Doc("What the run's state begins with.") Optional<Map<String, JsonNode>> state,
      @Doc("State keys that the outcome carries.") Optional<List<String>> outcomeKeys) {}

  @Doc("An event for a run.")
  record SendRequest(
      @Doc("One of the types that the workflow's steps accept.") String type,
      @Doc("Fits the type's schema.") ObjectNode event,
      @Doc("Sending one id twice is sending once; default: a new one.") Optional<String> eventId,
      @Doc("Event id of the prompt that this answers, and of no other.") Optional<String> inReplyTo,
      @Doc("Default: every step that accepts the type.") Optional<String> toStep) {}

  @Doc("What became of the event.")
  record Sent(@Doc("An event with this id had been accepted before.") boolean duplicate) {}

  @Doc("May be empty: {}.")
  record CancelRequest(@Doc("For the outcome.") Optional<String> reason) {}

  record Cancelled(@Doc("Whether it was running.") boolean cancelled) {}

  @Doc("May be empty: {}.")
  record RedriveRequest(
      @Doc("This execution alone; default: all that were open when the run failed.")
          Optional<String> executionId) {}

  @Doc("What goes on.")
  record RedrivenRun(
      @Doc("The run's new epoch.") int epoch,
      @Doc("How many executions were dispatched again.") int executions) {}

  private final Backend backend;
  private final Looks looks;

  Operations(Backend backend, Looks looks) {
    this.backend = backend;
    this.looks = looks;
  }

  List<Route> routes() {
    return List.of(
        Route.post(
                "/api/runs",
                Access.OPERATE,
                "startRun",
                "Start a run; idempotent by run id",
                this::start)
            .with(Waiting.PARAMETER)
            .taking(StartRequest.class)
            .answering(200, "It has ended within the time to wait", OutcomeView.class)
            .answering(202, "It has been accepted", StartedRun.class)
            .failing(
                ProblemKind.UNKNOWN_WORKFLOW,
                ProblemKind.RUN_ID_TAKEN,
                ProblemKind.INVALID_WORKFLOW,
                ProblemKind.EVENT_MISMATCH,
                ProblemKind.REFUSED,
                ProblemKind.LIMIT_EXCEEDED,
                ProblemKind.NO_ANSWER),
        Route.post(
                "/api/runs/{runId}/events",
                Access.OPERATE,
                "sendEvent",
                "Send an event to a run, for instance the answer to its question",
                this::send)
            .with(Runs.RUN_ID)
            .taking(SendRequest.class)
            .answering(202, "It has been accepted", Sent.class)
            .failing(
                ProblemKind.UNKNOWN_RUN,
                ProblemKind.RUN_FINISHED,
                ProblemKind.EVENT_MISMATCH,
                ProblemKind.REFUSED,
                ProblemKind.LIMIT_EXCEEDED,
                ProblemKind.NO_ANSWER),
        Route.post(
                "/api/runs/{runId}/cancel",
                Access.OPERATE,
                "cancelRun",
                "Cancel a run; idempotent",
                this::cancel)
            .with(Runs.RUN_ID)
            .taking(CancelRequest.class)
            .answering(200, "It does not run any more", Cancelled.class)
            .failing(ProblemKind.UNKNOWN_RUN, ProblemKind.NO_ANSWER),
        Route.post(
                "/api/runs/{runId}/redrive",
                Access.OPERATE,
                "redriveRun",
                "Go on with a failed run",
                this::redrive)
            .with(Runs.RUN_ID)
            .taking(RedriveRequest.class)
            .answering(200, "It runs again", RedrivenRun.class)
            .failing(ProblemKind.UNKNOWN_RUN, ProblemKind.NOT_REDRIVABLE, ProblemKind.NO_ANSWER));
  }

  private Answer start(Call call) {
    int wait = Waiting.seconds(call);
    StartRequest request = call.body(StartRequest.class);
    Workflows.requireKnown(backend.steps(), request.workflow());
    String event = request.event().toString();
    StartOptions options = StartOptionsOf.request(request);
    WorkflowClient client = backend.client();
    UntypedRunHandle run =
        request
            .startType()
            .map(type -> client.startJson(request.workflow(), type, event, options))
            .orElseGet(() -> client.startJson(request.workflow(), event, options));
    String path = "/api/runs/" + run.runId();
    Answer started =
        new Answer.Json(
            202,
            new StartedRun(run.runId(), run.workflow(), path, path + "/stream"),
            Map.of("Location", path));
    return wait == 0 ? started : Waiting.outcome(Duration.ofSeconds(wait), run, started);
  }

  private Answer send(Call call) {
    SendRequest request = call.body(SendRequest.class);
    boolean first =
        looks
            .at(call.path("runId"))
            .handle()
            .sendJson(
                request.type(),
                request.event().toString(),
                new SendOptions(request.eventId(), request.inReplyTo(), request.toStep()));
    return Answer.accepted(new Sent(!first));
  }

  private Answer cancel(Call call) {
    CancelRequest request = call.body(CancelRequest.class);
    boolean ran =
        looks
            .at(call.path("runId"))
            .handle()
            .cancel(request.reason().orElse("cancelled by " + call.caller().name()));
    return Answer.ok(new Cancelled(ran));
  }

  private Answer redrive(Call call) {
    RedriveRequest request = call.body(RedriveRequest.class);
    UntypedRunHandle run = looks.at(call.path("runId")).handle();
    Redriven redriven = request.executionId().map(run::redrive).orElseGet(run::redrive);
    return Answer.ok(new RedrivenRun(redriven.epoch(), redriven.executions()));
  }
}
