package io.millrace.http.api;

import io.millrace.http.route.Access;
import io.millrace.http.route.Answer;
import io.millrace.http.route.Route;
import io.millrace.observe.metrics.Metrics;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Prometheus reads; it names workflows and steps, so whoever reads it may view them. Exemplars
 * are in the metrics of workers only: a coordinator traces nothing.
 */
final class MetricsRoute {
  private MetricsRoute() {}

  static Route of(Metrics metrics) {
    return Route.get(
            "/metrics",
            Access.VIEW,
            "getMetrics",
            "Metrics of this coordinator",
            call -> {
              Metrics.Scrape scrape = metrics.scrape(call.header("Accept").orElse(null));
              return new Answer.Text(scrape.contentType(), scrape.body());
            })
        .answeringAtOnce()
        .answering(
            200,
            new Route.Reply(
                "In Prometheus's text format, or as OpenMetrics",
                new TreeMap<>(
                    Map.of("text/plain", Void.class, "application/openmetrics-text", Void.class))));
  }
}
