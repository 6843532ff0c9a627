package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Holds every answer that a test sees against the OpenAPI document: status, type and schema. */
final class Contract {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final JsonNode document;

  Contract(JsonNode document) {
    this.document = document;
  }

  void check(String method, String path, HttpResponse<?> response, String body) {
    JsonNode operation = operation(method, path);
    assertThat(operation.isMissingNode()).as("%s %s is in the document", method, path).isFalse();
    JsonNode reply = operation.at("/responses/" + response.statusCode());
    assertThat(reply.isMissingNode())
        .as("%s %s may answer %d, with %s", method, path, response.statusCode(), body)
        .isFalse();
    if (!reply.has("content")) {
      assertThat(body).isEmpty();
      return;
    }
    String type = response.headers().firstValue("content-type").orElse("").split(";", 2)[0];
    JsonNode content = reply.get("content").path(type);
    assertThat(content.isMissingNode()).as("%s %s may answer %s", method, path, type).isFalse();
    if (type.endsWith("json")) {
      validate(content.get("schema"), body);
    }
  }

  /** Checks how a stream is answered; what it returns checks each record of it. */
  Consumer<JsonNode> stream(String path, HttpResponse<?> response) {
    JsonNode operation = operation("GET", path);
    JsonNode reply = operation.at("/responses/" + response.statusCode());
    assertThat(reply.isMissingNode()).as("%s may answer %d", path, response.statusCode()).isFalse();
    JsonNode content = reply.path("content");
    if (!content.isEmpty()) {
      String type = response.headers().firstValue("content-type").orElse("").split(";", 2)[0];
      assertThat(content.has(type)).as("%s may answer %s", path, type).isTrue();
    }
    // Records are the same whatever frames them.
    Schema record =
        schema(operation.at("/responses/200/content").path("application/x-ndjson").get("schema"));
    return json -> assertThat(record.validate(json)).as(json.toString()).isEmpty();
  }

  private Schema schema(JsonNode schema) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", document.get("components"));
    return SCHEMAS.getSchema(whole);
  }

  private JsonNode operation(String method, String path) {
    for (Map.Entry<String, JsonNode> known : document.get("paths").properties()) {
      if (path.matches(known.getKey().replaceAll("\\{[^}]*}", "[^/]+"))) {
        return known.getValue().path(method.toLowerCase(Locale.ROOT));
      }
    }
    return document.path("missing");
  }

  private void validate(JsonNode schema, String body) {
    try {
      assertThat(schema(schema).validate(MAPPER.readTree(body))).as(body).isEmpty();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError("not JSON: " + body, e);
    }
  }
}
