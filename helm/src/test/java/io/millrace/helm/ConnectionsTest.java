package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.junit.jupiter.api.Test;

final class ConnectionsTest {
  /** Nor what needs it: who reads metrics there, and steps that are scaled by them. */
  private static final String WITHOUT_HTTP =
      """
      coordinator: {http: {enabled: false}}
      serviceMonitor: {enabled: false}
      steps: []
      """;

  private static final String KAFKA_TLS = "MILLRACE_KAFKA_SSL_";
  private static final String REGISTRY_TLS = "MILLRACE_SCHEMA_REGISTRY_SSL_";
  private static final String JAAS = "MILLRACE_KAFKA_SASL_JAAS_CONFIG";

  @Test
  void without_tls_and_sasl_nothing_is_said_of_security() {
    assertThat(Chart.render(Chart.ONE_STEP).step("mill-grind").settings().keySet())
        .noneMatch(key -> key.contains("ssl") || key.contains("sasl") || key.contains("security"));
  }

  @Test
  void the_protocol_follows_from_tls_and_sasl() {
    assertThat(protocol("kafka: {tls: {enabled: true}}")).isEqualTo("SSL");
    assertThat(protocol("kafka: {sasl: {enabled: true, secret: s}}")).isEqualTo("SASL_PLAINTEXT");
    assertThat(protocol("kafka: {tls: {enabled: true}, sasl: {enabled: true, secret: s}}"))
        .isEqualTo("SASL_SSL");
  }

  @Test
  void stores_are_mounted_from_secrets_and_their_passwords_come_from_there_too() {
    Pod step = Chart.render(Everything.ON).step("mill-bag");

    assertThat(step.secrets())
        .containsEntry("kafka-truststore", "cluster-ca")
        .containsEntry("kafka-keystore", "app-user")
        .containsEntry("registry-truststore", "registry-ca")
        .containsEntry("registry-keystore", "registry-user");
    assertThat(step.variables())
        .containsEntry(KAFKA_TLS + "TRUSTSTORE_TYPE", "PEM")
        .containsEntry(KAFKA_TLS + "KEYSTORE_TYPE", "PKCS12")
        .containsEntry(KAFKA_TLS + "KEYSTORE_PASSWORD", "app-user/user.password")
        .containsEntry(KAFKA_TLS + "KEY_PASSWORD", "app-user/key.password")
        .containsEntry(REGISTRY_TLS + "KEYSTORE_PASSWORD", "registry-user/user.password")
        .doesNotContainKey(KAFKA_TLS + "TRUSTSTORE_PASSWORD");
    for (String store : step.secrets().keySet()) {
      String prefix = store.startsWith("kafka") ? KAFKA_TLS : REGISTRY_TLS;
      String kind = store.endsWith("truststore") ? "TRUSTSTORE" : "KEYSTORE";
      assertThat(step.variable(prefix + kind + "_LOCATION"))
          .startsWith(step.mounts().get(store) + "/");
    }
  }

  @Test
  void a_coordinator_that_serves_http_reaches_the_registry_as_steps_do() {
    Pod coordinator = Chart.render(Everything.ON).coordinator();

    assertThat(coordinator.settings())
        .containsEntry("millrace.schema.registry.url", "https://registry.example.com/api")
        .containsKey("millrace.basic.auth.user.info");
    assertThat(coordinator.secrets()).containsKeys("registry-truststore", "registry-keystore");
  }

  @Test
  void a_coordinator_that_serves_no_http_knows_nothing_of_the_registry() {
    Pod coordinator = Chart.render(Everything.ON, WITHOUT_HTTP).coordinator();

    assertThat(coordinator.settings().keySet()).noneMatch(key -> key.contains("registry"));
    assertThat(coordinator.secrets()).containsOnlyKeys("kafka-truststore", "kafka-keystore");
  }

  @Test
  void a_process_may_have_a_login_of_its_own() {
    Rendered rendered = Chart.render(Everything.ON);

    assertThat(rendered.coordinator().variables())
        .containsEntry("KAFKA_SASL_PASSWORD", "coordinator-login/password");
    assertThat(rendered.step("mill-bag").variables())
        .containsEntry("KAFKA_SASL_PASSWORD", "app-login/password");
  }

  @Test
  void kafka_understands_the_login_once_kubernetes_has_put_user_and_password_in() {
    String line = Chart.render(Everything.ON).step("mill-bag").variable(JAAS);
    Password filled =
        new Password(
            line.replace("$(KAFKA_SASL_USERNAME)", "ada")
                .replace("$(KAFKA_SASL_PASSWORD)", "x = y; z"));

    var entries =
        JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, filled))
            .configurationEntries();

    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).getLoginModuleName()).isEqualTo(ScramLoginModule.class.getName());
    assertThat(entries.get(0).getOptions().get("username")).isEqualTo("ada");
    assertThat(entries.get(0).getOptions().get("password")).isEqualTo("x = y; z");
  }

  @Test
  void a_whole_login_may_come_from_a_secret() {
    Pod step =
        Chart.render(
                Chart.ONE_STEP,
                "kafka: {sasl: {enabled: true, secret: s, mechanism: OAUTHBEARER, jaasKey: j}}")
            .step("mill-grind");

    assertThat(step.variables())
        .containsEntry(JAAS, "s/j")
        .doesNotContainKey("KAFKA_SASL_USERNAME");
  }

  @Test
  void the_registry_gets_user_and_password_from_a_secret() {
    Pod step = Chart.render(Everything.ON).step("mill-bag");
    assertThat(step.variables())
        .containsEntry("REGISTRY_PASSWORD", "registry-login/password")
        .containsEntry(
            "MILLRACE_BASIC_AUTH_USER_INFO", "$(REGISTRY_USERNAME):$(REGISTRY_PASSWORD)");

    Pod whole =
        Chart.render(Everything.ON, "registry: {basicAuth: {userInfoKey: both}}").step("mill-bag");
    assertThat(whole.variables())
        .containsEntry("MILLRACE_BASIC_AUTH_USER_INFO", "registry-login/both")
        .doesNotContainKey("REGISTRY_PASSWORD");
  }

  private static String protocol(String values) {
    return String.valueOf(
        Chart.render(Chart.ONE_STEP, values)
            .step("mill-grind")
            .config()
            .kafka()
            .get("security.protocol"));
  }
}
