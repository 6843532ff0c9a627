package io.millrace.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.http.openapi.Document;
import io.millrace.http.route.Access;
import io.millrace.http.route.Answer;
import io.millrace.http.route.Route;
import io.millrace.http.stream.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The table of all routes. */
public final class Routes {
  private Routes() {}

  /**
   * @param streams the routes that tail runs
   * @param version of the product, for the document
   */
  public static List<Route> of(Backend backend, Streams streams, String version) {
    List<Route> routes = new ArrayList<>();
    routes.addAll(new Probes(backend.ready()).routes());
    routes.add(MetricsRoute.of(backend.metrics()));
    routes.addAll(new Callers().routes());
    routes.addAll(new Workflows(backend.steps(), backend.awaited()).routes());
    routes.addAll(new Activity(backend).routes());
    routes.addAll(new Runs(backend).routes());
    routes.addAll(new History(backend).routes());
    routes.addAll(new Operations(backend).routes());
    routes.addAll(streams.routes());
    routes.addAll(new DeadLetters(backend.deadLetters()).routes());
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
