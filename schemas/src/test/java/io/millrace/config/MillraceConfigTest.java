package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MillraceConfigTest {
  @Test
  void a_variable_names_an_own_key_or_one_that_keeps_its_owners_name() {
    assertThat(ConfigKeys.ofVariable("MILLRACE_ADOPTION_GRACE_MS"))
        .isEqualTo("millrace.adoption.grace.ms");
    assertThat(ConfigKeys.ofVariable("MILLRACE_BOOTSTRAP_SERVERS")).isEqualTo("bootstrap.servers");
    assertThat(ConfigKeys.ofVariable("MILLRACE_SCHEMA_REGISTRY_URL"))
        .isEqualTo("schema.registry.url");
    assertThat(ConfigKeys.ofVariable("MILLRACE_KAFKA_SECURITY_PROTOCOL"))
        .isEqualTo("kafka.security.protocol");
  }

  @Test
  void settings_have_the_variables_that_they_are_read_from() {
    Map<String, String> settings =
        Map.of(
            "millrace.adoption.grace.ms", "100",
            "bootstrap.servers", "here:1",
            "schema.registry.url", "http://here:2",
            "kafka.security.protocol", "SSL");

    Map<String, String> variables = MillraceConfig.variables(settings);

    assertThat(variables)
        .containsOnly(
            Map.entry("MILLRACE_ADOPTION_GRACE_MS", "100"),
            Map.entry("MILLRACE_BOOTSTRAP_SERVERS", "here:1"),
            Map.entry("MILLRACE_SCHEMA_REGISTRY_URL", "http://here:2"),
            Map.entry("MILLRACE_KAFKA_SECURITY_PROTOCOL", "SSL"));
    variables.forEach(
        (name, value) -> assertThat(settings).containsEntry(ConfigKeys.ofVariable(name), value));
  }

  @Test
  void a_given_map_wins_over_system_properties_and_those_over_defaults() {
    System.setProperty("millrace.namespace", "mill");
    System.setProperty("millrace.bootstrap.servers", "here:1");
    try {
      MillraceConfig config = MillraceConfig.load(Map.of("bootstrap.servers", "there:2"));

      assertThat(config.namespace().name()).isEqualTo("mill");
      assertThat(config.kafka()).containsEntry("bootstrap.servers", "there:2");
    } finally {
      System.clearProperty("millrace.namespace");
      System.clearProperty("millrace.bootstrap.servers");
    }
  }

  @Test
  void kafka_settings_reach_clients_without_their_prefix() {
    MillraceConfig config = MillraceConfig.of(Map.of("kafka.security.protocol", "SSL"));

    assertThat(config.kafka())
        .containsOnly(
            Map.entry("bootstrap.servers", "localhost:9092"),
            Map.entry("security.protocol", "SSL"));
  }

  @Test
  void a_value_that_makes_no_sense_is_refused_with_key_value_and_variable() {
    assertThat(MillraceConfig.of(Map.of()).lease()).hasSeconds(10);
    MillraceConfig config = MillraceConfig.of(Map.of("millrace.lease.ms", "soon"));

    assertThatThrownBy(() -> config.millis("millrace.lease.ms", Duration.ZERO))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("millrace.lease.ms")
        .hasMessageContaining("soon")
        .hasMessageContaining("MILLRACE_LEASE_MS");
    assertThatThrownBy(() -> config.with(Map.of("a", "-1")).count("a", 1, 0))
        .hasMessageContaining("at least 0, not -1");
    assertThatThrownBy(() -> config.with(Map.of("a", "yes")).flag("a", true))
        .hasMessageContaining("neither true nor false");
  }

  @Test
  void secrets_are_not_shown() {
    MillraceConfig config =
        MillraceConfig.of(
            Map.of(
                "basic.auth.user.info", "ann:river",
                "kafka.ssl.key.password", "river",
                "kafka.sasl.jaas.config", "river",
                "kafka.sasl.oauthbearer.assertion.private.key.passphrase", "river"));

    assertThat(config.toString()).doesNotContain("river").contains("<hidden>");
  }
}
