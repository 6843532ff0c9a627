package io.millrace.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.registry.RegistryTransport.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Speaks the Confluent REST API. Thread-safe; asks anew each time. */
final class HttpSchemaRegistry implements SchemaRegistry {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int UNKNOWN_SUBJECT = 40401;
  private static final int UNKNOWN_VERSION = 40402;
  private static final int UNKNOWN_SCHEMA = 40403;

  private final RegistryTransport transport;
  private final SchemaTexts texts = new SchemaTexts(this::referenced);

  HttpSchemaRegistry(Map<String, ?> config) {
    this(config, Pause.SLEEP);
  }

  HttpSchemaRegistry(Map<String, ?> config, Pause pause) {
    this.transport = new RegistryTransport(config, pause);
  }

  @Override
  public int register(String subject, Schema schema) {
    Answer answer = post("/subjects/" + segment(subject) + "/versions", schema);
    if (answer.status() == 409) {
      throw new IncompatibleSchemaException(subject, reason(answer));
    }
    return number(answer, read(answer, subject), "id");
  }

  @Override
  public Schema byId(int id) {
    Answer answer = get("/schemas/ids/" + id);
    if (errorCode(answer) == UNKNOWN_SCHEMA) {
      throw SchemaNotFoundException.unknownId(id, answer.url());
    }
    return texts.schemaOf(answer, read(answer, "schema id " + id));
  }

  @Override
  public int idOf(String subject, Schema schema) {
    Answer answer = post("/subjects/" + segment(subject), schema);
    switch (errorCode(answer)) {
      case UNKNOWN_SUBJECT:
        throw SchemaNotFoundException.unknownSubject(subject, answer.url());
      case UNKNOWN_SCHEMA:
        throw SchemaNotFoundException.notUnderSubject(subject, schema.getFullName(), answer.url());
      default:
        return number(answer, read(answer, subject), "id");
    }
  }

  @Override
  public Optional<RegisteredSchema> latest(String subject) {
    Answer answer = get("/subjects/" + segment(subject) + "/versions/latest");
    int error = errorCode(answer);
    if (error == UNKNOWN_SUBJECT || error == UNKNOWN_VERSION) {
      return Optional.empty();
    }
    JsonNode json = read(answer, subject);
    return Optional.of(
        new RegisteredSchema(
            number(answer, json, "id"),
            number(answer, json, "version"),
            texts.schemaOf(answer, json)));
  }

  @Override
  public List<String> subjects() {
    Answer answer = get("/subjects");
    JsonNode json = read(answer, "the list of subjects");
    if (!json.isArray()) {
      throw UnexpectedRegistryAnswerException.body(answer.request(), answer.body(), null);
    }
    List<String> subjects = new ArrayList<>();
    json.forEach(subject -> subjects.add(subject.asText()));
    return List.copyOf(subjects);
  }

  @Override
  public CompatibilityVerdict compatible(String subject, Schema schema) {
    Answer answer =
        post("/compatibility/subjects/" + segment(subject) + "/versions?verbose=true", schema);
    int error = errorCode(answer);
    if (error == UNKNOWN_SUBJECT || error == UNKNOWN_VERSION) {
      return CompatibilityVerdict.OK;
    }
    JsonNode json = read(answer, subject);
    JsonNode compatible = json.get("is_compatible");
    if (compatible == null || !compatible.isBoolean()) {
      throw UnexpectedRegistryAnswerException.body(answer.request(), answer.body(), null);
    }
    List<String> messages = new ArrayList<>();
    json.path("messages").forEach(message -> messages.add(message.asText()));
    return new CompatibilityVerdict(compatible.booleanValue(), messages);
  }

  private String referenced(String subject, int version) {
    Answer answer = get("/subjects/" + segment(subject) + "/versions/" + version);
    return read(answer, subject).toString();
  }

  private Answer get(String path) {
    return transport.send("GET", path, null);
  }

  private Answer post(String path, Schema schema) {
    String body = JSON.createObjectNode().put("schema", schema.toString()).toString();
    return transport.send("POST", path, body);
  }

  /** The answer's JSON if it is a success; a named exception otherwise. */
  private static JsonNode read(Answer answer, String subject) {
    if (answer.status() == 422) {
      throw new InvalidSchemaException("what was sent for " + subject, reason(answer));
    }
    if (answer.status() / 100 != 2) {
      throw UnexpectedRegistryAnswerException.status(
          answer.request(), answer.status(), answer.body());
    }
    return parse(answer);
  }

  private static JsonNode parse(Answer answer) {
    try {
      JsonNode json = JSON.readTree(answer.body());
      if (json.isContainerNode()) {
        return json;
      }
      throw UnexpectedRegistryAnswerException.body(answer.request(), answer.body(), null);
    } catch (JsonProcessingException e) {
      throw UnexpectedRegistryAnswerException.body(answer.request(), answer.body(), e);
    }
  }

  /** 0 for a success or an answer without a code; a 404 without one is not from a registry. */
  private static int errorCode(Answer answer) {
    return answer.status() == 404 ? field(answer, "error_code").map(JsonNode::asInt).orElse(0) : 0;
  }

  private static String reason(Answer answer) {
    return field(answer, "message").map(JsonNode::asText).orElse(answer.body());
  }

  private static Optional<JsonNode> field(Answer answer, String name) {
    try {
      @Nullable JsonNode field = JSON.readTree(answer.body()).get(name);
      return Optional.ofNullable(field);
    } catch (JsonProcessingException e) {
      // An error page without JSON has no fields; the caller reports its status and its text.
      return Optional.empty();
    }
  }

  private static int number(Answer answer, JsonNode json, String name) {
    JsonNode number = json.get(name);
    if (number == null || !number.isInt()) {
      throw UnexpectedRegistryAnswerException.body(answer.request(), answer.body(), null);
    }
    return number.intValue();
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
