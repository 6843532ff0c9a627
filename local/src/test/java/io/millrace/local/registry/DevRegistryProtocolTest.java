package io.millrace.local.registry;

import static io.millrace.local.registry.Http.field;
import static io.millrace.local.registry.Http.get;
import static io.millrace.local.registry.Http.schema;
import static io.millrace.local.registry.Http.send;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevRegistryProtocolTest {
  private static final String A = schema(field("a", "string"));
  private static final String A_AND_B = schema(field("a", "string") + "," + field("b", "long"));

  private DevRegistry registry;

  @BeforeEach
  void start() {
    registry = DevRegistry.start(DevRegistryConfig.ofDefaults());
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private Http.Answer post(String path, String body) {
    return send(registry, "POST", path, body);
  }

  @Test
  void it_listens_on_loopback_at_a_port_of_its_choice_and_says_that_it_is_there() {
    assertThat(registry.url()).matches("http://127\\.0\\.0\\.1:[1-9][0-9]*");
    assertThat(get(registry, "/").status()).isEqualTo(200);
    assertThat(get(registry, "/").contentType())
        .isEqualTo("application/vnd.schemaregistry.v1+json");
    assertThat(get(registry, "/schemas/types").json()).hasToString("[\"AVRO\"]");
  }

  @Test
  void versions_are_listed_and_read_one_by_one() {
    send(registry, "PUT", "/config", "{\"compatibility\":\"none\"}");
    post("/subjects/s/versions", A);
    int id = post("/subjects/s/versions", A_AND_B).json().path("id").asInt();

    assertThat(get(registry, "/subjects").json()).hasToString("[\"s\"]");
    assertThat(get(registry, "/subjects/s/versions").json()).hasToString("[1,2]");
    assertThat(get(registry, "/subjects/s/versions/1").json().path("version").asInt()).isEqualTo(1);
    assertThat(get(registry, "/subjects/s/versions/latest").json())
        .isEqualTo(get(registry, "/subjects/s/versions/2").json());
    assertThat(get(registry, "/schemas/ids/" + id).json().path("schema").asText())
        .contains("\"b\"");
    assertThat(post("/subjects/s", A_AND_B).json().path("id").asInt()).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({
    "/subjects/nobody/versions, 404, 40401",
    "/subjects/nobody/versions/latest, 404, 40401",
    "/subjects/s/versions/7, 404, 40402",
    "/subjects/s/versions/0, 422, 42202",
    "/subjects/s/versions/newest, 422, 42202",
    "/schemas/ids/99, 404, 40403",
    "/schemas/ids/x, 404, 40403",
    "/config/s, 404, 40408",
    "/nothing/here, 404, 404",
    "/subjects/s/wersions, 404, 404",
    "/subjects/s, 405, 405",
  })
  void what_is_not_there_has_its_code(String path, int status, int code) {
    post("/subjects/s/versions", A);

    Http.Answer answer = get(registry, path);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.errorCode()).isEqualTo(code);
    assertThat(answer.json().path("message").asText()).isNotBlank();
    assertThat(answer.contentType()).isEqualTo("application/vnd.schemaregistry.v1+json");
  }

  @Test
  void a_look_up_tells_an_unknown_subject_from_an_unknown_schema() {
    assertThat(post("/subjects/s", A).errorCode()).isEqualTo(40401);
    post("/subjects/s/versions", A);

    assertThat(post("/subjects/s", A_AND_B).errorCode()).isEqualTo(40403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"schema\":\"\"}",
        "{\"schema\":\"{\\\"type\\\":\\\"nonsense\\\"}\"}",
        "{\"schema\":\"not json\"}",
        "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message M {}\"}",
        "{\"schema\":\"\\\"string\\\"\",\"references\":[{\"name\":\"X\",\"subject\":\"x\",\"version\":1}]}"
      })
  void what_is_not_a_schema_is_refused(String body) {
    Http.Answer answer = post("/subjects/s/versions", body);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.errorCode()).isEqualTo(42201);
    assertThat(get(registry, "/subjects").json()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "[]", "{"})
  void a_body_that_is_not_json_is_refused(String body) {
    assertThat(post("/subjects/s/versions", body).status()).isEqualTo(400);
  }

  @Test
  void a_body_that_is_too_large_is_refused() {
    assertThat(post("/subjects/s/versions", " ".repeat(4 * 1024 * 1024 + 1)).status())
        .isEqualTo(413);
  }

  @ParameterizedTest
  @CsvSource({
    "BACKWARD, 409, 200",
    "BACKWARD_TRANSITIVE, 409, 200",
    "FORWARD, 200, 409",
    "FORWARD_TRANSITIVE, 200, 409",
    "FULL, 409, 409",
    "FULL_TRANSITIVE, 409, 409",
    "NONE, 200, 200",
  })
  void a_level_is_enforced_for_its_subject(String level, int addRequired, int removeRequired) {
    send(registry, "PUT", "/config/grows", "{\"compatibility\":\"" + level + "\"}");
    send(registry, "PUT", "/config/shrinks", "{\"compatibility\":\"" + level + "\"}");
    post("/subjects/grows/versions", A);
    post("/subjects/shrinks/versions", A_AND_B);

    Http.Answer grown = post("/subjects/grows/versions", A_AND_B);
    Http.Answer shrunk = post("/subjects/shrinks/versions", A);

    assertThat(grown.status()).isEqualTo(addRequired);
    assertThat(shrunk.status()).isEqualTo(removeRequired);
    if (addRequired == 409) {
      assertThat(grown.errorCode()).isEqualTo(409);
      assertThat(grown.json().path("message").asText()).contains("grows").contains("b");
    }
  }

  @Test
  void levels_are_read_back_and_an_unknown_one_is_refused() {
    assertThat(get(registry, "/config").json())
        .hasToString("{\"compatibilityLevel\":\"BACKWARD\"}");
    assertThat(get(registry, "/config/s?defaultToGlobal=true").json())
        .hasToString("{\"compatibilityLevel\":\"BACKWARD\"}");

    Http.Answer put = send(registry, "PUT", "/config/s", "{\"compatibility\":\"FULL\"}");

    assertThat(put.json()).hasToString("{\"compatibility\":\"FULL\"}");
    assertThat(get(registry, "/config/s").json()).hasToString("{\"compatibilityLevel\":\"FULL\"}");
    assertThat(send(registry, "PUT", "/config", "{\"compatibility\":\"SIDEWAYS\"}").errorCode())
        .isEqualTo(42203);
  }

  @Test
  void compatibility_is_judged_against_one_version_or_as_registration_would() {
    post("/subjects/s/versions", A_AND_B);
    post("/subjects/s/versions", A);
    String path = "/compatibility/subjects/s/versions";

    assertThat(post(path + "/1", A_AND_B).json()).hasToString("{\"is_compatible\":true}");
    assertThat(post(path + "/latest", A_AND_B).json()).hasToString("{\"is_compatible\":false}");
    assertThat(post(path + "?verbose=true", A_AND_B).json().path("messages")).hasSize(1);
    assertThat(post(path + "/3", A_AND_B).errorCode()).isEqualTo(40402);
    assertThat(post("/compatibility/subjects/new/versions/latest", A).json())
        .hasToString("{\"is_compatible\":true}");
    assertThat(post("/compatibility/subjects/new/versions/1", A).errorCode()).isEqualTo(40401);
  }
}
