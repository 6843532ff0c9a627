package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;

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
      ObjectNode whole = schema.deepCopy();
      whole.set("components", document.get("components"));
      assertThat(SCHEMAS.getSchema(whole).validate(MAPPER.readTree(body))).as(body).isEmpty();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError("not JSON: " + body, e);
    }
  }
}
