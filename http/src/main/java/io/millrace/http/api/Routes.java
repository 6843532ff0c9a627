package io.millrace.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.http.look.Looks;
import io.millrace.http.openapi.Document;
import io.millrace.http.route.Access;
import io.millrace.http.route.Answer;
import io.millrace.http.route.Route;
import io.millrace.http.stream.Streams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The table of all routes. */
public final class Routes {
  /** A little longer than a client waits for the terminal event before it does without. */
  private static final Duration END_PATIENCE = Duration.ofSeconds(7);

  /** Longer is for another time: a thread of the server waits. */
  private static final Duration TURN = Duration.ofSeconds(2);

  private Routes() {}

  /**
   * @param looks shared by all that look at runs
   * @param streams the routes that tail runs
   * @param version of the product, for the document
   */
  public static List<Route> of(Backend backend, Looks looks, Streams streams, String version) {
    List<Route> routes = new ArrayList<>();
    routes.addAll(new Probes(backend.ready()).routes());
    routes.add(MetricsRoute.of(backend.metrics()));
    routes.addAll(new Callers().routes());
    routes.addAll(new Workflows(backend.steps(), backend.awaited()).routes());
    routes.addAll(new Activity(backend).routes());
    routes.addAll(new Runs(backend.runs(), looks, END_PATIENCE).routes());
    routes.addAll(new History(backend, looks, new Turn("histories", TURN)).routes());
    routes.addAll(new Operations(backend, looks).routes());
    routes.addAll(streams.routes());
    routes.addAll(new DeadLetters(backend.deadLetters(), new Turn("dead letters", TURN)).routes());
    // The document is made of the table that it is in.
    ObjectNode[] document = new ObjectNode[1];
    routes.add(
        Route.get(
                "/openapi.json",
                Access.VIEW,
                "getDocument",
                "This document",
                call -> Answer.ok(document[0]))
            .answering(
                200,
                new Route.Reply("An OpenAPI document", Map.of("application/json", Void.class))));
    document[0] = Document.of(routes, version);
    return List.copyOf(routes);
  }
}
