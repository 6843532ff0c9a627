package io.millrace.http.api;

import io.millrace.http.openapi.Doc;
import io.millrace.http.route.Access;
import io.millrace.http.route.Answer;
import io.millrace.http.route.Call;
import io.millrace.http.route.Route;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Whether it lives, and whether it should be sent requests. */
final class Probes {
  @Doc("What a probe asks.")
  record Probe(@Doc("UP or DOWN") String status) {}

  private static final Probe UP = new Probe("UP");
  private static final Probe DOWN = new Probe("DOWN");

  private final BooleanSupplier ready;

  Probes(BooleanSupplier ready) {
    this.ready = ready;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
                "/health",
                Access.PUBLIC,
                "getHealth",
                "Whether the process lives",
                call -> Answer.ok(UP))
            .answeringAtOnce()
            .answering(200, "It lives", Probe.class),
        Route.get(
                "/ready",
                Access.PUBLIC,
                "getReadiness",
                "Whether the coordinator takes inputs; not during a rebalance",
                this::ready)
            .answeringAtOnce()
            .answering(200, "It does", Probe.class)
            .answering(503, "It does not, just now", Probe.class));
  }

  private Answer ready(Call call) {
    return ready.getAsBoolean() ? Answer.ok(UP) : new Answer.Json(503, DOWN, Map.of());
  }
}
