package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.millrace.coordinator.app.CoordinatorMain;
import io.millrace.http.HttpCoordinatorMain;
import org.junit.jupiter.api.Test;

final class CoordinatorTest {
  private static final String SOFT =
      "affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution.0.podAffinityTerm";
  private static final String HARD =
      "affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution.0";
  private static final String READY = "readinessProbe.httpGet.path";

  @Test
  void two_of_them_hold_a_copy_of_each_others_state() {
    Pod coordinator = Chart.render().coordinator();

    assertThat(Json.text(coordinator.owner(), "spec.replicas")).isEqualTo("2");
    assertThat(coordinator.settings()).containsEntry("millrace.coordinator.standbys", "1");
  }

  @Test
  void each_keeps_its_state_on_a_volume_of_its_own() {
    Pod coordinator = Chart.render("coordinator: {state: {size: 3Gi}}").coordinator();

    assertThat(coordinator.mounts()).containsEntry("state", "/var/lib/millrace");
    assertThat(coordinator.settings()).containsEntry("millrace.state.dir", "/var/lib/millrace");
    JsonElement claim = Json.at(coordinator.owner(), "spec.volumeClaimTemplates.0");
    assertThat(Json.text(claim, "metadata.name")).isEqualTo("state");
    assertThat(Json.text(claim, "spec.resources.requests.storage")).isEqualTo("3Gi");
    assertThat(Json.has(claim, "spec.storageClassName")).isFalse();
  }

  @Test
  void it_can_do_without_a_volume() {
    Pod coordinator = Chart.render("coordinator: {state: {persistent: false}}").coordinator();

    assertThat(Json.has(coordinator.owner(), "spec.volumeClaimTemplates")).isFalse();
    assertThat(Json.list(coordinator.spec(), "volumes"))
        .anySatisfy(
            volume -> {
              assertThat(Json.text(volume, "name")).isEqualTo("state");
              assertThat(Json.text(volume, "emptyDir.sizeLimit")).isEqualTo("10Gi");
            });
  }

  @Test
  void they_keep_apart_from_each_other() {
    Pod soft = Chart.render().coordinator();
    assertThat(soft.at(SOFT + ".topologyKey")).isEqualTo("kubernetes.io/hostname");
    assertThat(Json.at(soft.spec(), SOFT + ".labelSelector"))
        .isEqualTo(Json.at(soft.owner(), "spec.selector"));

    Pod hard = Chart.render("coordinator: {antiAffinity: hard}").coordinator();
    assertThat(hard.at(HARD + ".topologyKey")).isEqualTo("kubernetes.io/hostname");

    Pod none = Chart.render("coordinator: {antiAffinity: none}").coordinator();
    assertThat(Json.has(none.spec(), "affinity")).isFalse();
  }

  @Test
  void an_affinity_that_is_given_goes_before_keeping_apart() {
    Pod given = Chart.render("coordinator: {affinity: {nodeAffinity: {a: b}}}").coordinator();

    assertThat(given.at("affinity")).isEqualTo("{\"nodeAffinity\":{\"a\":\"b\"}}");
  }

  @Test
  void only_one_of_them_is_taken_away_at_a_time() {
    Rendered rendered = Chart.render();
    JsonObject budget = rendered.only("PodDisruptionBudget");

    assertThat(Json.text(budget, "spec.maxUnavailable")).isEqualTo("1");
    assertThat(Json.at(budget, "spec.selector"))
        .isEqualTo(Json.at(rendered.coordinator().owner(), "spec.selector"));
    assertThat(
            Chart.render("coordinator: {podDisruptionBudget: {enabled: false}}")
                .all("PodDisruptionBudget"))
        .isEmpty();
  }

  @Test
  void nothing_asks_it_over_http_unless_that_is_switched_on() {
    Rendered rendered = Chart.render();
    JsonObject container = rendered.coordinator().container();

    assertThat(container.keySet()).noneMatch(field -> field.endsWith("Probe"));
    assertThat(Json.has(container, "ports")).isFalse();
    assertThat(rendered.names("Service")).containsExactly("demo-millrace-coordinator-members");
  }

  @Test
  void with_http_it_has_a_port_a_service_and_probes() {
    Rendered rendered =
        Chart.render(
            "coordinator: {http: {enabled: true, port: 9000, tls: proxy, tokens: {secret: t}}}");
    JsonObject container = rendered.coordinator().container();

    assertThat(Json.text(container, "ports.0.containerPort")).isEqualTo("9000");
    assertThat(Json.text(container, READY)).isEqualTo("/ready");
    assertThat(Json.text(container, "livenessProbe.httpGet.port")).isEqualTo("http");
    assertThat(Json.has(container, "startupProbe")).isTrue();
    JsonObject service = rendered.named("Service", "demo-millrace-coordinator");
    assertThat(Json.text(service, "spec.ports.0.port")).isEqualTo("9000");
    assertThat(Json.has(container, "readinessProbe.httpGet.scheme")).isFalse();
  }

  @Test
  void the_process_is_the_one_that_serves_what_is_asked_for() {
    assertThat(Chart.render().coordinator().command())
        .last()
        .isEqualTo(CoordinatorMain.class.getName());
    assertThat(Chart.render(Everything.ON).coordinator().command())
        .last()
        .isEqualTo(HttpCoordinatorMain.class.getName());
    assertThat(
            Chart.render(Everything.ON, "coordinator: {mainClass: example.Own}")
                .coordinator()
                .command())
        .last()
        .isEqualTo("example.Own");
  }

  @Test
  void the_http_api_is_told_who_may_call_and_with_what_it_speaks_tls() {
    Pod coordinator = Chart.render(Everything.ON).coordinator();

    assertThat(coordinator.settings())
        .containsEntry("millrace.http.host", "0.0.0.0")
        .containsEntry("millrace.http.port", "8080")
        .containsEntry("millrace.http.tls", "on")
        .containsEntry("millrace.http.tokens.file", "/etc/millrace/http-tokens/tokens")
        .containsEntry("millrace.http.ssl.keystore.location", "/etc/millrace/http-keystore/tls.p12")
        .containsEntry("millrace.http.ssl.keystore.type", "PKCS12")
        .containsEntry("millrace.http.ssl.keystore.password", "http-tls/password")
        .containsEntry("millrace.http.max.readers", "50")
        .containsEntry("millrace.schema.registry.url", "https://registry.example.com/api");
    assertThat(coordinator.secrets())
        .containsEntry("http-tokens", "http-tokens")
        .containsEntry("http-keystore", "http-tls");
    assertThat(coordinator.mounts()).containsEntry("http-tokens", "/etc/millrace/http-tokens");
    assertThat(Json.text(coordinator.container(), "livenessProbe.httpGet.scheme"))
        .isEqualTo("HTTPS");
  }

  @Test
  void with_oidc_no_token_need_be_given() {
    Pod coordinator =
        Chart.render(
                """
                coordinator:
                  http: {enabled: true, tls: proxy}
                  config: {millrace.http.oidc.issuer: "https://login.example.com"}
                """)
            .coordinator();

    assertThat(coordinator.settings())
        .containsEntry("millrace.http.oidc.issuer", "https://login.example.com")
        .doesNotContainKey("millrace.http.tokens.file");
  }

  @Test
  void a_stateful_set_has_the_headless_service_that_it_names() {
    Rendered rendered = Chart.render();
    String service = Json.text(rendered.coordinator().owner(), "spec.serviceName");

    assertThat(Json.text(rendered.named("Service", service), "spec.clusterIP")).isEqualTo("None");
  }

  @Test
  void a_release_may_have_steps_only() {
    Rendered rendered = Chart.render(Everything.ON, "coordinator: {enabled: false}");

    assertThat(rendered.all("StatefulSet")).isEmpty();
    assertThat(rendered.all("Service")).isEmpty();
    assertThat(rendered.all("PodDisruptionBudget")).isEmpty();
    assertThat(rendered.all("ServiceMonitor")).isEmpty();
    assertThat(rendered.names("NetworkPolicy")).containsExactly("demo-millrace-steps");
    assertThat(rendered.all("Deployment")).hasSize(3);
  }
}
