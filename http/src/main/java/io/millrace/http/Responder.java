package io.millrace.http;

import io.javalin.http.Context;
import io.millrace.http.route.Answer;
import io.millrace.http.route.Json;
import io.millrace.http.route.Problem;
import io.millrace.http.route.ProblemException;
import io.millrace.http.route.ProblemKind;
import io.millrace.http.route.Problems;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers and problems. Thread-safe. */
final class Responder {
  private static final Logger LOG = LoggerFactory.getLogger(Responder.class);

  private final Flows flows;

  Responder(Flows flows) {
    this.flows = flows;
  }

  void write(Context context, Answer answer) {
    context.header("Cache-Control", "no-store").header("X-Content-Type-Options", "nosniff");
    if (answer instanceof Answer.Json json) {
      json.headers().forEach(context::header);
      context
          .status(json.status())
          .contentType("application/json")
          .result(Json.bytes(json.value()));
    } else if (answer instanceof Answer.Text text) {
      context.status(200).contentType(text.contentType()).result(text.text());
    } else if (answer instanceof Answer.Nothing nothing) {
      context.status(nothing.status());
    } else if (answer instanceof Answer.Later later) {
      context.future(
          () ->
              later
                  .answer()
                  .handle(
                      (now, error) -> {
                        if (error == null) {
                          write(context, now);
                        } else {
                          fail(context, error);
                        }
                        return null;
                      }));
    } else if (answer instanceof Answer.Flow flow) {
      begin(context, flow);
    }
  }

  private void begin(Context context, Answer.Flow flow) {
    context
        .status(200)
        .contentType(flow.contentType())
        // Proxies that gather answers would make a stream of one piece.
        .header("X-Accel-Buffering", "no");
    StreamSink sink;
    try {
      sink = new StreamSink(context.res().getOutputStream());
    } catch (IOException e) {
      flow.refused().run();
      throw new IllegalStateException("an answer cannot be begun", e);
    }
    context.future(
        () -> {
          try {
            return flows.begin(flow.body(), sink);
          } catch (RejectedExecutionException e) {
            flow.refused().run();
            throw new ProblemException(
                ProblemKind.UNAVAILABLE, "the server stops; ask another one");
          }
        });
  }

  void fail(Context context, Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    Optional<Problem> problem = Problems.of(cause);
    if (problem.isEmpty()) {
      LOG.error(
          "a request failed, it is answered with 500: method={} path={}",
          context.method(),
          context.path(),
          cause);
    }
    if (context.res().isCommitted()) {
      return; // what has begun cannot become a problem: it breaks off
    }
    write(
        context,
        problem.orElseGet(() -> ProblemKind.INTERNAL.of("the coordinator's log says more")),
        cause instanceof ProblemException known ? known.headers() : Map.of());
  }

  void write(Context context, Problem problem, Map<String, String> headers) {
    headers.forEach(context::header);
    if (problem.status() == ProblemKind.UNAUTHENTICATED.status()) {
      context.header("WWW-Authenticate", "Bearer realm=\"millrace\"");
    }
    context
        .status(problem.status())
        .header("Cache-Control", "no-store")
        .contentType(Problem.CONTENT_TYPE)
        .result(Json.bytes(problem.at(context.path())));
  }
}
