package io.millrace.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Events written as FIELD=VALUE: text where the schema wants text, else JSON. */
final class FieldValues {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private FieldValues() {}

  /**
   * The event as JSON text. Whether it fits the schema is for whoever sends it to say.
   *
   * @throws UsageException if an assignment is none
   */
  static String json(List<String> assignments, Schema schema) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw new UsageException(
            "'%s' is neither JSON nor FIELD=VALUE; the fields are %s"
                .formatted(assignment, names(schema)));
      }
      set(event, assignment.substring(0, equals), assignment.substring(equals + 1), schema);
    }
    return event.toString();
  }

  private static void set(ObjectNode event, String path, String value, Schema schema) {
    ObjectNode at = event;
    @Nullable Schema inside = schema;
    String name = path;
    for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.')) {
      String outer = name.substring(0, dot);
      JsonNode there = at.get(outer);
      at = there instanceof ObjectNode object ? object : at.putObject(outer);
      inside = field(inside, outer);
      name = name.substring(dot + 1);
    }
    at.set(name, node(value, field(inside, name)));
  }

  /** The value as JSON: as text if the field may be text, or is no JSON. */
  static JsonNode node(String value, @Nullable Schema schema) {
    if (schema != null && branch(schema, Schema.Type.STRING) != null) {
      return JsonNodeFactory.instance.textNode(value);
    }
    try {
      JsonNode node = MAPPER.readTree(value);
      return node.isMissingNode() ? JsonNodeFactory.instance.textNode(value) : node;
    } catch (JsonProcessingException e) {
      // An enum's symbol, a date, base64: text that needs no quotes here.
      return JsonNodeFactory.instance.textNode(value);
    }
  }

  private static @Nullable Schema field(@Nullable Schema schema, String name) {
    @Nullable Schema record = schema == null ? null : branch(schema, Schema.Type.RECORD);
    Schema.@Nullable Field field = record == null ? null : record.getField(name);
    return field == null ? null : field.schema();
  }

  private static @Nullable Schema branch(Schema schema, Schema.Type type) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema.getType() == type ? schema : null;
    }
    return schema.getTypes().stream()
        .filter(each -> each.getType() == type)
        .findFirst()
        .orElse(null);
  }

  private static List<String> names(Schema schema) {
    return schema.getFields().stream().map(Schema.Field::name).toList();
  }
}
