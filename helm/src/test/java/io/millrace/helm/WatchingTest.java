package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class WatchingTest {
  private static final String WITH_PORT =
      "steps: [{name: grind, workflow: mill, mainClass: a.B, metricsPort: 9404}]";

  @Test
  void nothing_is_watched_unless_that_is_switched_on() {
    Rendered rendered = Chart.render(Chart.ONE_STEP);

    for (String kind : List.of("ServiceMonitor", "PodMonitor", "PrometheusRule")) {
      assertThat(rendered.all(kind)).as(kind).isEmpty();
    }
    assertThat(rendered.names("ConfigMap")).containsExactly("demo-millrace-logging");
    assertThat(Json.has(rendered.step("mill-grind").container(), "ports")).isFalse();
  }

  @Test
  void a_step_with_a_metrics_port_serves_there_and_is_probed_there() {
    Pod step = Chart.render(WITH_PORT).step("mill-grind");

    assertThat(step.settings())
        .containsEntry("millrace.metrics.port", "9404")
        .containsEntry("millrace.metrics.host", "0.0.0.0");
    assertThat(Json.text(step.container(), "ports.0.name")).isEqualTo("metrics");
    assertThat(Json.text(step.container(), "ports.0.containerPort")).isEqualTo("9404");
    assertThat(Json.text(step.container(), "readinessProbe.httpGet.path")).isEqualTo("/ready");
    assertThat(Json.text(step.container(), "livenessProbe.httpGet.path")).isEqualTo("/health");
  }

  @Test
  void probes_that_are_given_go_before_those_of_the_port() {
    JsonObject container = Chart.render(Everything.ON).step("mill-grind-fine").container();

    assertThat(Json.has(container, "livenessProbe.exec")).isTrue();
    assertThat(Json.has(container, "readinessProbe")).isFalse();
  }

  @Test
  void prometheus_finds_the_pods_of_all_steps_and_their_port() {
    Rendered rendered = Chart.render(Everything.ON);
    JsonObject monitor = rendered.only("PodMonitor");

    Stream.of("mill-grind-fine", "mill-sift", "mill-bag")
        .forEach(
            step ->
                assertThat(rendered.step(step).labels().asMap())
                    .containsAllEntriesOf(
                        Json.at(monitor, "spec.selector.matchLabels").getAsJsonObject().asMap()));
    assertThat(Json.text(monitor, "spec.podMetricsEndpoints.0.port"))
        .isEqualTo(Json.text(rendered.step("mill-grind-fine").container(), "ports.0.name"));
    assertThat(Json.text(monitor, "metadata.labels.release")).isEqualTo("prometheus");
  }

  @Test
  void the_rules_and_the_dashboard_are_the_files_as_they_are() throws IOException {
    Rendered rendered = Chart.render(Everything.ON);

    JsonObject rules = rendered.only("PrometheusRule");
    assertThat(Json.text(rules, "metadata.labels.release")).isEqualTo("prometheus");
    assertThat(Json.texts(rules, "spec.groups", "name"))
        .containsExactly("millrace-runs", "millrace-steps", "millrace-coordinators");
    assertThat(Json.text(rules, "spec.groups.0.rules.0.annotations.summary"))
        .contains("{{ $labels.workflow }}");
    JsonObject dashboard = rendered.named("ConfigMap", "demo-millrace-dashboard");
    assertThat(Json.text(dashboard, "metadata.labels.grafana_dashboard")).isEqualTo("1");
    assertThat(Json.text(dashboard, "metadata.annotations.folder")).isEqualTo("Mills");
    assertThat(
            JsonParser.parseString(
                Json.at(dashboard, "data").getAsJsonObject().get("millrace.json").getAsString()))
        .isEqualTo(
            JsonParser.parseString(Files.readString(Chart.FOLDER.resolve("files/dashboard.json"))));
  }

  @Test
  void every_alert_says_what_is_wrong_and_what_to_do() {
    for (JsonObject group :
        Json.list(Chart.render(Everything.ON).only("PrometheusRule"), "spec.groups")) {
      assertThat(Json.list(group, "rules"))
          .isNotEmpty()
          .allSatisfy(
              rule -> {
                assertThat(Json.text(rule, "annotations.summary")).isNotBlank();
                assertThat(Json.text(rule, "annotations.description")).endsWith(".");
                assertThat(Json.text(rule, "labels.severity")).isIn("info", "warning", "critical");
              });
    }
  }

  @Test
  void both_scalers_look_at_the_backlog_that_coordinators_export() {
    Rendered rendered = Chart.render(Everything.ON);
    JsonObject hpa = rendered.only("HorizontalPodAutoscaler");
    JsonObject keda = rendered.only("ScaledObject");

    assertThat(Json.text(hpa, "spec.metrics.1.external.metric.name"))
        .isEqualTo("millrace_step_backlog");
    assertThat(Json.text(hpa, "spec.metrics.1.external.metric.selector.matchLabels.step"))
        .isEqualTo("Grind_Fine");
    assertThat(Json.text(hpa, "spec.metrics.1.external.target.averageValue")).isEqualTo("12");
    assertThat(Json.text(keda, "spec.triggers.0.type")).isEqualTo("prometheus");
    assertThat(Json.text(keda, "spec.triggers.0.metadata.query"))
        .isEqualTo(
            "sum(millrace_step_backlog{millrace_namespace=\"millrace\",workflow=\"mill\",step=\"sift\"})");
    assertThat(Json.text(keda, "spec.triggers.0.metadata.threshold")).isEqualTo("12");
  }
}
