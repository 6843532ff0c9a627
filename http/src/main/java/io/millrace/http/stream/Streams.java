package io.millrace.http.stream;

import io.millrace.EventStream;
import io.millrace.RunInspection;
import io.millrace.StreamOptions;
import io.millrace.http.look.Look;
import io.millrace.http.look.Looks;
import io.millrace.http.route.Access;
import io.millrace.http.route.Answer;
import io.millrace.http.route.Call;
import io.millrace.http.route.Parameter;
import io.millrace.http.route.ProblemException;
import io.millrace.http.route.ProblemKind;
import io.millrace.http.route.Queries;
import io.millrace.http.route.Route;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tailing runs. */
public final class Streams {
  private static final String LAST_EVENT_ID = "Last-Event-ID";

  private final Looks looks;
  private final Readers readers;
  private final Heartbeats heartbeats;

  /**
   * @param maxReaders at once
   * @param maxReadersOfOne at once, of one caller
   */
  public Streams(Looks looks, int maxReaders, int maxReadersOfOne, Heartbeats heartbeats) {
    this.looks = looks;
    this.readers = new Readers(maxReaders, maxReadersOfOne);
    this.heartbeats = heartbeats;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
                "/api/runs/{runId}/stream",
                Access.VIEW,
                "streamRun",
                "A run's stream, while it happens; ends after the terminal event",
                this::stream)
            .with(
                Parameter.path("runId", "Id of the run."),
                Parameter.header(
                    "Accept",
                    "text/event-stream (default) or application/x-ndjson: a record a line, empty"
                        + " lines as heartbeats."),
                Parameter.header(
                    LAST_EVENT_ID, "Go on after the record with this id; nothing is repeated."),
                Parameter.query("after", "The same, for those who cannot set a header."),
                Parameter.query("from", "Where to begin without an id; default start.")
                    .oneOf(List.of("start", "now")),
                Parameter.query("internal", "Also tell of retries, unhandled events and the like.")
                    .ofType("boolean"))
            .answering(
                200,
                new Route.Reply(
                    "The stream",
                    Map.of(
                        Framing.SSE.contentType(),
                        StreamRecord.class,
                        Framing.NDJSON.contentType(),
                        StreamRecord.class)))
            .answering(
                204,
                new Route.Reply(
                    "The reader has seen the terminal event: there is nothing to come back for",
                    Map.of()))
            .failing(
                ProblemKind.UNKNOWN_RUN,
                ProblemKind.NOT_ACCEPTABLE,
                ProblemKind.TOO_MANY_READERS,
                ProblemKind.NO_ANSWER));
  }

  private Answer stream(Call call) {
    Framing framing = framing(call.header("Accept").orElse("*/*"));
    Optional<StreamId> after = after(call);
    StreamOptions options = options(call, after);
    Look look = looks.at(call.path("runId"));
    if (after.flatMap(StreamId::endedEpoch).map(epoch -> isOver(look.run(), epoch)).orElse(false)) {
      return new Answer.Nothing(204);
    }
    Runnable leave = readers.enter(call.caller().name());
    EventStream.EventIterator events;
    try {
      events = look.handle().streamEvents(options).iterator();
    } catch (RuntimeException e) {
      leave.run();
      throw e;
    }
    return new Answer.Flow(
        framing.contentType(),
        new StreamBody(
            look.run().runId(), events, framing, after, call.caller().until(), heartbeats, leave),
        () -> {
          events.close();
          leave.run();
        });
  }

  /** A browser comes back by itself, also after the end; a redrive is a reason to. */
  private static boolean isOver(RunInspection now, int epoch) {
    return now.outcome().isPresent() && now.epoch() <= epoch;
  }

  private static Framing framing(String accept) {
    String wanted = accept.toLowerCase(Locale.ROOT);
    if (wanted.contains(Framing.NDJSON.contentType())) {
      return Framing.NDJSON;
    }
    if (wanted.contains(Framing.SSE.contentType())
        || wanted.contains("text/*")
        || wanted.contains("*/*")) {
      return Framing.SSE;
    }
    throw new ProblemException(
        ProblemKind.NOT_ACCEPTABLE,
        "a stream is told as text/event-stream or application/x-ndjson, not as " + accept);
  }

  private static Optional<StreamId> after(Call call) {
    return call.header(LAST_EVENT_ID)
        .or(() -> call.query("after"))
        .map(
            text ->
                StreamId.parse(text)
                    .orElseThrow(
                        () -> Queries.bad("after", "or Last-Event-ID is no id of this stream")));
  }

  private static StreamOptions options(Call call, Optional<StreamId> after) {
    String from = call.query("from").orElse("start");
    if (!from.equals("start") && !from.equals("now")) {
      throw Queries.bad("from", "must be start or now");
    }
    StreamOptions options =
        after
            .map(id -> StreamOptions.from(id.cursor()))
            .orElseGet(
                () -> from.equals("now") ? StreamOptions.fromNow() : StreamOptions.fromStart());
    return Queries.flag(call, "internal") ? options.withInternal() : options;
  }
}
