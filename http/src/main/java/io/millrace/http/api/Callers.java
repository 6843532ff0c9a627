package io.millrace.http.api;

import io.millrace.http.auth.Role;
import io.millrace.http.openapi.Doc;
import io.millrace.http.route.Access;
import io.millrace.http.route.Answer;
import io.millrace.http.route.Route;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who calls, so that a user interface can say what he may do. */
final class Callers {
  @Doc("Whom the API takes the caller for.")
  record CallerView(
      String name,
      @Doc("OPERATE may do all that VIEW may.") Role role,
      @Doc("When the token expires; absent: never.") Optional<Instant> until) {}

  List<Route> routes() {
    return List.of(
        Route.get(
                "/api/caller",
                Access.VIEW,
                "getCaller",
                "Whom the API takes the caller for",
                call ->
                    Answer.ok(
                        new CallerView(
                            call.caller().name(), call.caller().role(), call.caller().until())))
            .answering(200, "The caller", CallerView.class));
  }
}
