package io.millrace.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.registry.RegistryTransport.Answer;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * Turns the registry's JSON about a schema into the schema. What a registry accepted once is read
 * leniently: rules about names and defaults were the business of whoever registered it.
 */
final class SchemaTexts {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Fetches the registry's JSON about one version of a subject. */
  @FunctionalInterface
  interface References {
    String json(String subject, int version);
  }

  private final References references;

  SchemaTexts(References references) {
    this.references = references;
  }

  Schema schemaOf(Answer answer, JsonNode json) {
    Schema.Parser parser =
        new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
    try {
      return parse(answer, json, parser, new HashSet<>());
    } catch (AvroRuntimeException | JsonProcessingException e) {
      throw UnexpectedRegistryAnswerException.body(answer.request(), answer.body(), e);
    }
  }

  private Schema parse(Answer answer, JsonNode json, Schema.Parser parser, Set<String> seen)
      throws JsonProcessingException {
    JsonNode text = json.get("schema");
    if (text == null || !text.isTextual()) {
      throw UnexpectedRegistryAnswerException.body(answer.request(), answer.body(), null);
    }
    String type = json.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new InvalidSchemaException(
          answer.request(), "it is of type " + type + ", and Millrace reads Avro only");
    }
    for (JsonNode reference : json.path("references")) {
      String subject = reference.path("subject").asText();
      int version = reference.path("version").asInt();
      if (seen.add(subject + "/" + version)) {
        parse(answer, JSON.readTree(references.json(subject, version)), parser, seen);
      }
    }
    return parser.parse(text.textValue());
  }
}
