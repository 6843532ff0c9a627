package io.millrace.registry;

import static io.millrace.registry.ScriptedServer.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSchemaRegistryTest {
  private static final Schema TEXT = Schema.create(Schema.Type.STRING);
  private static final String TEXT_JSON = "{\"schema\":\"\\\"string\\\"\"}";

  private final List<Duration> pauses = new ArrayList<>();

  private HttpSchemaRegistry registry(String url, String... more) {
    Map<String, Object> config = new HashMap<>(Map.of("schema.registry.url", url));
    for (int i = 0; i < more.length; i += 2) {
      config.put(more[i], more[i + 1]);
    }
    return new HttpSchemaRegistry(config, pauses::add);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void a_passing_trouble_is_waited_out_with_growing_pauses(int status) throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(line(status, "later"), line(status, ""), line(200, TEXT_JSON))) {

      assertThat(registry(server.url()).byId(7)).isEqualTo(TEXT);

      assertThat(server.requests).hasSize(3).containsOnly("GET /schemas/ids/7");
      assertThat(pauses).containsExactly(Duration.ofMillis(200), Duration.ofMillis(400));
    }
  }

  @Test
  void F4_an_outage_names_the_addresses_the_attempts_and_the_last_cause() throws IOException {
    String nobody = "http://localhost:" + closedPort();

    RegistryUnavailableException outage =
        catchThrowableOfType(
            RegistryUnavailableException.class,
            () -> registry(nobody + "/, " + nobody + "/two", "max.retries", "2").byId(7));

    assertThat(outage.urls()).containsExactly(nobody, nobody + "/two");
    assertThat(outage.attempts()).isEqualTo(6);
    assertThat(outage).hasCauseInstanceOf(IOException.class).hasMessageContaining(nobody);
    assertThat(pauses).hasSize(2);
  }

  @Test
  void a_server_that_never_answers_in_time_is_an_outage() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String url = "http://localhost:" + silent.getLocalPort();

      assertThatThrownBy(
              () -> registry(url, "http.read.timeout.ms", "50", "max.retries", "1").subjects())
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageContaining("after 2 attempts");
    }
  }

  @Test
  void another_address_takes_over_at_once_and_stays_the_first_choice() throws IOException {
    try (ScriptedServer broken = new ScriptedServer(line(500, ""));
        ScriptedServer good = new ScriptedServer(line(200, TEXT_JSON))) {
      HttpSchemaRegistry registry = registry(broken.url() + "," + good.url());

      registry.byId(1);
      registry.byId(2);

      assertThat(pauses).isEmpty();
      assertThat(broken.requests).hasSize(1);
      assertThat(good.requests).containsExactly("GET /schemas/ids/1", "GET /schemas/ids/2");
    }
  }

  @Test
  void refused_credentials_are_named_and_not_retried() throws IOException {
    try (ScriptedServer server = new ScriptedServer(line(401, ""))) {
      assertThatThrownBy(() -> registry(server.url()).byId(1))
          .isInstanceOf(RegistryAuthenticationException.class)
          .hasMessageContaining("wants credentials");
      assertThatThrownBy(() -> registry(server.url(), "basic.auth.user.info", "ann:secret").byId(1))
          .isInstanceOf(RegistryAuthenticationException.class)
          .hasMessageContaining("refused the credentials")
          .hasMessageNotContaining("secret");
      assertThat(server.requests).hasSize(2);
    }
  }

  @Test
  void a_forbidden_request_is_named_too() throws IOException {
    try (ScriptedServer server = new ScriptedServer(line(403, ""))) {
      assertThatThrownBy(() -> registry(server.url()).register("a-value", TEXT))
          .isInstanceOf(RegistryAuthenticationException.class)
          .hasMessageContaining("403");
    }
  }

  @Test
  void credentials_come_from_the_configuration_or_from_the_address() throws IOException {
    String expected =
        "Basic "
            + Base64.getEncoder().encodeToString("ann:s:ecret".getBytes(StandardCharsets.UTF_8));
    try (ScriptedServer server = new ScriptedServer(line(200, TEXT_JSON))) {
      registry(
              server.url(),
              "basic.auth.credentials.source",
              "USER_INFO",
              "basic.auth.user.info",
              "ann:s:ecret")
          .byId(1);
      registry(
              server.url().replace("//", "//ann:s%3Aecret@"),
              "basic.auth.credentials.source",
              "URL")
          .byId(1);
      registry(server.url()).byId(1);

      assertThat(server.authorizations).containsExactly(expected, expected, "");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>hello</html>",
        "",
        "{",
        "[]",
        "7",
        "{\"schema\":3}",
        "{\"schema\":\"{\\\"type\\\":\\\"nonsense\\\"}\"}"
      })
  void garbage_is_named_as_not_from_a_registry(String body) throws IOException {
    try (ScriptedServer server = new ScriptedServer(line(200, body))) {
      assertThatThrownBy(() -> registry(server.url()).byId(1))
          .isInstanceOf(UnexpectedRegistryAnswerException.class)
          .hasMessageContaining(server.url() + "/schemas/ids/1")
          .hasMessageContaining("schema.registry.url");
    }
  }

  @Test
  void garbage_where_numbers_or_lists_belong_is_named_too() throws IOException {
    try (ScriptedServer server = new ScriptedServer(line(200, "{\"id\":\"seven\"}"))) {
      HttpSchemaRegistry registry = registry(server.url());

      assertThatThrownBy(() -> registry.register("a-value", TEXT))
          .isInstanceOf(UnexpectedRegistryAnswerException.class);
      assertThatThrownBy(() -> registry.idOf("a-value", TEXT))
          .isInstanceOf(UnexpectedRegistryAnswerException.class);
      assertThatThrownBy(() -> registry.latest("a-value"))
          .isInstanceOf(UnexpectedRegistryAnswerException.class);
      assertThatThrownBy(registry::subjects).isInstanceOf(UnexpectedRegistryAnswerException.class);
      assertThatThrownBy(() -> registry.compatible("a-value", TEXT))
          .isInstanceOf(UnexpectedRegistryAnswerException.class);
    }
  }

  @Test
  void a_plain_404_is_a_wrong_address_and_not_an_unknown_schema() throws IOException {
    try (ScriptedServer server = new ScriptedServer(line(404, "no such page"))) {
      assertThatThrownBy(() -> registry(server.url()).byId(1))
          .isInstanceOf(UnexpectedRegistryAnswerException.class)
          .hasMessageContaining("404");
      assertThatThrownBy(() -> registry(server.url()).latest("a-value"))
          .isInstanceOf(UnexpectedRegistryAnswerException.class);
    }
  }

  @Test
  void the_registrys_own_words_are_passed_on() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            line(409, "{\"error_code\":409,\"message\":\"field total has no default\"}"),
            line(422, "{\"error_code\":42201,\"message\":\"Invalid schema: no name\"}"))) {
      HttpSchemaRegistry registry = registry(server.url());

      assertThatThrownBy(() -> registry.register("a-value", TEXT))
          .isInstanceOf(IncompatibleSchemaException.class)
          .hasMessageContaining("field total has no default");
      assertThatThrownBy(() -> registry.register("a-value", TEXT))
          .isInstanceOf(InvalidSchemaException.class)
          .hasMessageContaining("no name");
    }
  }

  @Test
  void a_schema_that_refers_to_others_is_put_together() throws IOException {
    String line =
        "{\"type\":\"record\",\"name\":\"Line\",\"fields\":[{\"name\":\"n\",\"type\":\"int\"}]}";
    String order =
        "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"line\",\"type\":\"Line\"}]}";
    try (ScriptedServer server =
        new ScriptedServer(
            line(
                200,
                "{\"schema\":%s,\"references\":[{\"name\":\"Line\",\"subject\":\"line\",\"version\":3}]}"
                    .formatted(quoted(order))),
            line(
                200,
                "{\"subject\":\"line\",\"version\":3,\"id\":5,\"schema\":%s}"
                    .formatted(quoted(line))))) {

      Schema schema = registry(server.url()).byId(9);

      assertThat(schema)
          .isEqualTo(
              SchemaBuilder.record("Order")
                  .fields()
                  .name("line")
                  .type(SchemaBuilder.record("Line").fields().requiredInt("n").endRecord())
                  .noDefault()
                  .endRecord());
      assertThat(server.requests).last().isEqualTo("GET /subjects/line/versions/3");
    }
  }

  @Test
  void another_kind_of_schema_is_refused_by_name() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            line(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message M {}\"}"))) {
      assertThatThrownBy(() -> registry(server.url()).byId(1))
          .isInstanceOf(InvalidSchemaException.class)
          .hasMessageContaining("PROTOBUF");
    }
  }

  @Test
  void an_interrupt_ends_the_waiting_and_stays_visible() throws IOException {
    String nobody = "http://localhost:" + closedPort();
    HttpSchemaRegistry registry =
        new HttpSchemaRegistry(
            Map.of("schema.registry.url", nobody),
            wait -> {
              throw new InterruptedException();
            });

    assertThatThrownBy(() -> registry.byId(1))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  private static String quoted(String json) {
    return "\"" + json.replace("\"", "\\\"") + "\"";
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
