package io.millrace.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.InvalidConfigException;
import io.millrace.config.MillraceConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A development stack keeps to what its settings say of who may call. */
class HttpAccessTest {
  private static final String TOKENS = "operate:ada:a-token-of-sixteen-letters";

  @Test
  void who_says_nothing_of_callers_is_let_in() {
    HttpAccess access = HttpAccess.at(8080, MillraceConfig.of(Map.of()));

    assertThat(access.open()).isTrue();
    assertThat(access.settings())
        .isEqualTo(Map.of("millrace.http.port", "8080", "millrace.http.auth", "off"));
    assertThat(access.url()).hasToString("http://127.0.0.1:8080/");
  }

  @Test
  void tokens_of_the_properties_file_stand(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("millrace.properties"), "millrace.http.tokens=" + TOKENS + "\n");
    System.setProperty("millrace.config", file.toString());
    try {
      HttpAccess access = HttpAccess.at(8080, MillraceConfig.load());

      assertThat(access.open()).isFalse();
      assertThat(access.settings())
          .containsEntry("millrace.http.tokens", TOKENS)
          .doesNotContainKey("millrace.http.auth");
      assertThat(access.toString()).doesNotContain(TOKENS);
    } finally {
      System.clearProperty("millrace.config");
    }
  }

  @Test
  void authentication_that_is_on_stays_on_and_says_what_it_lacks() {
    MillraceConfig on = MillraceConfig.of(Map.of("millrace.http.auth", "on"));

    assertThatThrownBy(() -> HttpAccess.at(8080, on))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("nobody could call the HTTP API");
    assertThat(HttpAccess.at(8080, on.with(Map.of("millrace.http.tokens", TOKENS))).open())
        .isFalse();
  }

  @Test
  void authentication_that_is_off_stays_off_beside_tokens() {
    MillraceConfig off =
        MillraceConfig.of(Map.of("millrace.http.auth", "off", "millrace.http.tokens", TOKENS));

    assertThat(HttpAccess.at(8080, off).open()).isTrue();
  }

  @Test
  void nobody_from_elsewhere_is_let_in_without_a_token() {
    MillraceConfig everywhere = MillraceConfig.of(Map.of("millrace.http.host", "0.0.0.0"));

    assertThatThrownBy(() -> HttpAccess.at(8080, everywhere))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("millrace.http.host");
  }

  @Test
  void the_port_is_the_one_that_was_asked_for_and_the_address_one_to_call() {
    MillraceConfig given =
        MillraceConfig.of(
            Map.of(
                "millrace.http.port", "9999",
                "millrace.http.host", "0.0.0.0",
                "millrace.http.tls", "proxy",
                "millrace.http.tokens", TOKENS));

    assertThat(HttpAccess.at(8080, given).url()).hasToString("http://127.0.0.1:8080/");
    assertThat(HttpAccess.at(8080, given).settings()).containsEntry("millrace.http.port", "8080");
  }
}
