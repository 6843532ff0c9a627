package io.millrace.local.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A request taken apart.
 *
 * @param path the decoded segments of the path
 * @param query the raw query; empty if there is none
 */
record RegistryRequest(String method, List<String> path, String query, String body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static RegistryRequest of(String method, URI uri, String body) {
    List<String> segments = new ArrayList<>();
    for (String segment : uri.getRawPath().split("/")) {
      if (!segment.isEmpty()) {
        // A plus sign is itself in a path, and a space in what URLDecoder reads.
        segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
      }
    }
    @Nullable String query = uri.getRawQuery();
    return new RegistryRequest(method, List.copyOf(segments), query == null ? "" : query, body);
  }

  /** Whether the query holds name=true. */
  boolean asks(String name) {
    return List.of(query.split("&")).contains(name + "=true");
  }

  int version() {
    String text = path.get(path.size() - 1);
    try {
      int version = Integer.parseInt(text);
      if (version > 0) {
        return version;
      }
    } catch (NumberFormatException e) {
      throw RefusedRequest.invalidVersion(text);
    }
    throw RefusedRequest.invalidVersion(text);
  }

  /** The Avro schema in the body. */
  Schema schema() {
    ObjectNode json = json();
    String type = json.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw RefusedRequest.invalidSchema("the development registry holds Avro only, not " + type);
    }
    if (!json.path("references").isEmpty()) {
      throw RefusedRequest.invalidSchema(
          "the development registry takes no references; send the schema with its types inside");
    }
    String text = json.path("schema").asText("");
    if (text.isBlank()) {
      throw RefusedRequest.invalidSchema("the schema is empty");
    }
    try {
      return new Schema.Parser().parse(text);
    } catch (AvroRuntimeException e) {
      throw RefusedRequest.invalidSchema(String.valueOf(e.getMessage()));
    }
  }

  ObjectNode json() {
    try {
      JsonNode json = JSON.readTree(body);
      if (json instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw RefusedRequest.notJson();
    }
    throw RefusedRequest.notJson();
  }
}
