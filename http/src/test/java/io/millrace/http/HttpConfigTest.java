package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.InvalidConfigException;
import io.millrace.config.MillraceConfig;
import io.millrace.http.auth.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpConfigTest {
  private static final String TOKENS = "view:eve:0123456789abcdef";

  @Test
  void without_any_way_to_be_known_nothing_is_served() {
    refused("so nobody could call", Map.of());
  }

  @Test
  void authentication_is_off_only_when_asked_and_then_on_the_loopback_address() {
    HttpConfig open = config("auth", "off");
    assertThat(open.open()).isTrue();
    assertThat(open.host()).isEqualTo("127.0.0.1");
    refused("only a loopback address is served", Map.of("auth", "off", "host", "0.0.0.0"));
    refused(
        "only a loopback address is served",
        Map.of("auth", "off", "host", "0.0.0.0", "tls", "proxy"));
    refused("must be on or off", Map.of("auth", "no"));
  }

  @Test
  void tokens_do_not_travel_in_clear_text_unless_a_proxy_is_named() {
    refused("clear text", Map.of("tokens", TOKENS, "host", "0.0.0.0"));
    assertThat(config("tokens", TOKENS, "host", "0.0.0.0", "tls", "proxy").host())
        .isEqualTo("0.0.0.0");
    refused("must be on or proxy", Map.of("tokens", TOKENS, "host", "0.0.0.0", "tls", "off"));
  }

  @Test
  void tokens_come_from_a_setting_and_from_a_file(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(folder.resolve("tokens"), "# ours\n\noperate:ci:fedcba9876543210\n");
    HttpConfig config = config("tokens", TOKENS, "tokens.file", file.toString());

    assertThat(config.tokens().authenticate(Optional.of("fedcba9876543210")).role())
        .isEqualTo(Role.OPERATE);
    assertThat(config.tokens().authenticate(Optional.of("0123456789abcdef")).role())
        .isEqualTo(Role.VIEW);
    refused("cannot be read", Map.of("tokens.file", folder.resolve("none").toString()));
  }

  @Test
  void tokens_that_make_no_sense_are_refused_without_being_told() {
    refused("can be guessed", Map.of("tokens", "view:eve:short"));
    refused("roles are view and operate", Map.of("tokens", "admin:eve:0123456789abcdef"));
    refused("not role:name:token", Map.of("tokens", "0123456789abcdef"));
  }

  @Test
  void an_identity_provider_needs_an_audience_and_https() {
    refused("audience", Map.of("oidc.issuer", "https://id.example"));
    refused(
        "must begin with https://",
        Map.of("oidc.issuer", "http://id.example", "oidc.audience", "millrace"));
    assertThat(config("oidc.issuer", "https://id.example", "oidc.audience", "m").oidc())
        .isPresent();
  }

  @Test
  void a_key_store_that_cannot_be_read_is_named() {
    refused(
        "key store",
        Map.of(
            "tokens", TOKENS, "ssl.keystore.location", "/nowhere", "ssl.keystore.password", "x"));
  }

  @Test
  void a_caller_has_a_share_of_the_readers_unless_there_is_but_one_caller() {
    assertThat(config("tokens", TOKENS).maxReadersOfOne()).isEqualTo(375);
    assertThat(config("tokens", TOKENS, "max.readers", "1").maxReadersOfOne()).isEqualTo(1);
    assertThat(config("auth", "off").maxReadersOfOne()).isEqualTo(500);
  }

  @Test
  void requests_at_once_are_bounded_by_threads() {
    refused(
        "must be at most 10000", Map.of("tokens", TOKENS, "max.concurrent.requests", "2000000000"));
  }

  @Test
  void no_secret_is_told() {
    assertThat(config("tokens", TOKENS).toString()).doesNotContain("0123456789abcdef");
    assertThat(MillraceConfig.of(Map.of("millrace.http.tokens", TOKENS)).toString())
        .doesNotContain("0123456789abcdef");
  }

  private static HttpConfig config(String... pairs) {
    Map<String, String> settings = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      settings.put(pairs[i], pairs[i + 1]);
    }
    return config(settings);
  }

  private static HttpConfig config(Map<String, String> settings) {
    Map<String, String> full = new HashMap<>();
    settings.forEach((key, value) -> full.put("millrace.http." + key, value));
    return HttpConfig.from(MillraceConfig.of(full));
  }

  private static void refused(String why, Map<String, String> settings) {
    assertThatThrownBy(() -> config(settings))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("0123456789abcdef");
  }
}
