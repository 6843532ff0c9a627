package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NetworkTest {
  private static final String ON = "networkPolicy: {enabled: true}";

  @Test
  void without_a_policy_there_is_none() {
    assertThat(Chart.render(Chart.ONE_STEP).all("NetworkPolicy")).isEmpty();
  }

  @Test
  void nobody_may_connect_to_a_process_that_serves_nobody() {
    List<JsonObject> policies = Chart.render(Chart.ONE_STEP, ON).all("NetworkPolicy");

    assertThat(policies)
        .hasSize(2)
        .allSatisfy(
            policy -> {
              assertThat(Json.text(policy, "spec.policyTypes")).contains("Ingress", "Egress");
              assertThat(Json.has(policy, "spec.ingress")).isFalse();
            });
  }

  @Test
  void a_coordinator_may_connect_to_names_and_kafka_a_step_to_the_registry_as_well() {
    Rendered rendered = Chart.render(Chart.ONE_STEP, ON);

    assertThat(ports(rendered, "coordinator"))
        .containsExactly(List.of("53", "53"), List.of("9092"));
    assertThat(ports(rendered, "steps"))
        .containsExactly(List.of("53", "53"), List.of("9092"), List.of("8081"));
  }

  @Test
  void ports_follow_from_the_addresses_unless_they_are_given() {
    Rendered rendered = Chart.render(Everything.ON);
    assertThat(ports(rendered, "steps"))
        .containsExactly(
            List.of("53", "53"), List.of("9093", "9094"), List.of("443"), List.of("443"));
    assertThat(Json.text(policy(rendered, "steps"), "spec.egress.1.to.0.ipBlock.cidr"))
        .isEqualTo("10.0.0.0/8");

    Rendered given = Chart.render(Everything.ON, "networkPolicy: {kafka: {ports: [19092]}}");
    assertThat(ports(given, "coordinator"))
        .containsExactly(List.of("53", "53"), List.of("19092"), List.of("443"));

    Rendered plain =
        Chart.render(Chart.ONE_STEP, ON, "registry: {url: 'http://a/x:y,https://b:99/z'}");
    assertThat(ports(plain, "steps").get(2)).containsExactly("80", "99");
  }

  @Test
  void with_http_a_coordinator_may_be_asked_on_that_port_only() {
    Rendered rendered = Chart.render(Everything.ON);

    JsonElement rule = Json.at(policy(rendered, "coordinator"), "spec.ingress.0");
    assertThat(Json.text(rule, "ports.0.port"))
        .isEqualTo(Json.text(rendered.coordinator().container(), "ports.0.name"));
    assertThat(Json.has(rule, "from.0.namespaceSelector")).isTrue();
    assertThat(Json.text(policy(rendered, "steps"), "spec.ingress.0.ports.0.port"))
        .isEqualTo("metrics");
    assertThat(Json.has(policy(rendered, "steps"), "spec.ingress.0.from.0.podSelector")).isTrue();
  }

  @Test
  void policies_are_about_the_pods_of_the_release() {
    Rendered rendered = Chart.render(Everything.ON);
    for (Pod pod : rendered.pods()) {
      String policy = pod.name().endsWith("-coordinator") ? "coordinator" : "steps";

      assertThat(pod.labels().asMap())
          .containsAllEntriesOf(
              Json.at(policy(rendered, policy), "spec.podSelector.matchLabels")
                  .getAsJsonObject()
                  .asMap());
    }
  }

  @Test
  void prometheus_finds_the_service_that_serves_metrics_and_no_other() {
    Rendered rendered = Chart.render(Everything.ON);
    JsonObject monitor = rendered.only("ServiceMonitor");
    JsonObject wanted = Json.at(monitor, "spec.selector.matchLabels").getAsJsonObject();
    List<String> found =
        rendered.all("Service").stream()
            .filter(
                service ->
                    Json.at(service, "metadata.labels")
                        .getAsJsonObject()
                        .entrySet()
                        .containsAll(wanted.entrySet()))
            .map(service -> Json.text(service, "metadata.name"))
            .toList();

    assertThat(found).containsExactly("demo-millrace-coordinator");
    assertThat(Json.text(monitor, "spec.endpoints.0.port"))
        .isEqualTo(Json.text(rendered.named("Service", found.get(0)), "spec.ports.0.name"));
    assertThat(Json.text(monitor, "spec.endpoints.0.path")).isEqualTo("/metrics");
    assertThat(Json.text(monitor, "spec.endpoints.0.scheme")).isEqualTo("https");
    assertThat(Json.text(monitor, "spec.endpoints.0.authorization.credentials.name"))
        .isEqualTo("prometheus");
    assertThat(Json.text(monitor, "spec.endpoints.0.tlsConfig.serverName"))
        .isEqualTo("coordinator");
    assertThat(Json.text(monitor, "metadata.labels.release")).isEqualTo("prometheus");
  }

  private static JsonObject policy(Rendered rendered, String of) {
    return rendered.named("NetworkPolicy", "demo-millrace-" + of);
  }

  private static List<List<String>> ports(Rendered rendered, String of) {
    return Json.list(policy(rendered, of), "spec.egress").stream()
        .map(rule -> Json.texts(rule, "ports", "port"))
        .toList();
  }
}
