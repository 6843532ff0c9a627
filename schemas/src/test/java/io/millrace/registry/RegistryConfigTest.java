package io.millrace.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryConfigTest {
  private static final String URL = "schema.registry.url";

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", "localhost:8081", "ftp://host", "http://", "http://ho st"})
  void an_address_that_makes_no_sense_is_refused_before_anything_is_sent(String url) {
    assertThatThrownBy(() -> SchemaRegistries.of(Map.of(URL, url)))
        .isInstanceOf(InvalidRegistryConfigException.class)
        .hasMessageStartingWith(URL);
  }

  @Test
  void a_missing_address_is_refused() {
    assertThatThrownBy(() -> SchemaRegistries.of(Map.of()))
        .isInstanceOf(InvalidRegistryConfigException.class)
        .hasMessageContaining("is missing");
  }

  @Test
  void a_password_never_shows() {
    RegistryEndpoint endpoint =
        RegistryEndpoint.from(
                new Settings(
                    Map.of(
                        URL,
                        "https://host:8081/path/",
                        "basic.auth.user.info",
                        new Password("ann:secret"))))
            .get(0);

    assertThat(endpoint.url()).isEqualTo("https://host:8081/path");
    assertThat(endpoint.authorization()).isPresent();
    assertThat(endpoint).hasToString("https://host:8081/path (with credentials)");
    assertThatThrownBy(() -> SchemaRegistries.of(Map.of(URL, "http://ann:sec ret@host")))
        .hasMessageNotContaining("ret@");
  }

  @Test
  void half_a_credential_and_an_unknown_source_are_refused() {
    assertThatThrownBy(
            () ->
                SchemaRegistries.of(
                    Map.of(URL, "http://host", "basic.auth.credentials.source", "USER_INFO")))
        .isInstanceOf(InvalidRegistryConfigException.class)
        .hasMessageContaining("basic.auth.user.info");
    assertThatThrownBy(
            () ->
                SchemaRegistries.of(
                    Map.of(URL, "http://host", "basic.auth.credentials.source", "MAGIC")))
        .isInstanceOf(InvalidRegistryConfigException.class)
        .hasMessageContaining("MAGIC");
  }

  @ParameterizedTest
  @ValueSource(strings = {"many", "-1"})
  void a_number_that_is_none_is_refused(String retries) {
    assertThatThrownBy(
            () -> SchemaRegistries.of(Map.of(URL, "http://host", "max.retries", retries)))
        .isInstanceOf(InvalidRegistryConfigException.class)
        .hasMessageContaining("max.retries")
        .hasMessageContaining(retries);
  }

  @Test
  void a_trust_store_that_cannot_be_read_is_refused() {
    assertThatThrownBy(
            () ->
                SchemaRegistries.of(
                    Map.of(
                        URL,
                        "https://host",
                        "schema.registry.ssl.truststore.location",
                        "/nowhere/trust.p12",
                        "schema.registry.ssl.truststore.type",
                        "PKCS12")))
        .isInstanceOf(InvalidRegistryConfigException.class)
        .hasMessageContaining("/nowhere/trust.p12");
  }

  @Test
  void pauses_double_up_to_a_bound_and_never_overflow() {
    RetryPolicy policy = new RetryPolicy(9, Duration.ofMillis(200), Duration.ofSeconds(1));

    assertThat(policy.waitBefore(1)).isEqualTo(Duration.ofMillis(200));
    assertThat(policy.waitBefore(3)).isEqualTo(Duration.ofMillis(800));
    assertThat(policy.waitBefore(4)).isEqualTo(Duration.ofSeconds(1));
    assertThat(policy.waitBefore(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(1));
  }
}
