package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * An event that fits a schema, for whoever has to write one: every field that it must have, with a
 * value that shows the form.
 */
final class EventExample {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Records that are being written: there is none of them inside itself. */
  private final Set<String> inside = new HashSet<>();

  private EventExample() {}

  /** As JSON text. */
  static String of(Schema schema) {
    return new EventExample().value(schema).toString();
  }

  private JsonNode value(Schema schema) {
    if (schema.getLogicalType() != null) {
      return logical(schema, schema.getLogicalType().getName());
    }
    return switch (schema.getType()) {
      case RECORD -> record(schema);
      case UNION -> union(schema);
      case ENUM -> JSON.textNode(schema.getEnumSymbols().get(0));
      case ARRAY -> {
        Schema item = schema.getElementType();
        yield isInside(item) ? JSON.arrayNode() : JSON.arrayNode().add(value(item));
      }
      case MAP -> {
        Schema item = schema.getValueType();
        yield isInside(item) ? JSON.objectNode() : JSON.objectNode().set("key", value(item));
      }
      case BOOLEAN -> JSON.booleanNode(true);
      case INT, LONG -> JSON.numberNode(1);
      case FLOAT, DOUBLE -> JSON.numberNode(1.5);
      case BYTES -> base64(1);
      case FIXED -> base64(schema.getFixedSize());
      case NULL -> JSON.nullNode();
      case STRING -> JSON.textNode("...");
    };
  }

  private JsonNode record(Schema schema) {
    ObjectNode record = JSON.objectNode();
    if (inside.add(schema.getFullName())) {
      schema.getFields().stream()
          .filter(field -> !FieldKind.isOptional(field))
          .forEach(field -> record.set(field.name(), value(field.schema())));
      inside.remove(schema.getFullName());
    }
    return record;
  }

  private boolean isInside(Schema schema) {
    return schema.getType() == Schema.Type.RECORD && inside.contains(schema.getFullName());
  }

  private JsonNode union(Schema schema) {
    return schema.getTypes().stream()
        .filter(branch -> branch.getType() != Schema.Type.NULL)
        .findFirst()
        .map(this::value)
        .orElse(JSON.nullNode());
  }

  private static JsonNode logical(Schema schema, String name) {
    if (name.equals("decimal")) {
      return JSON.textNode("1");
    } else if (name.equals("uuid")) {
      return JSON.textNode("123e4567-e89b-12d3-a456-426614174000");
    } else if (name.equals("date")) {
      return JSON.textNode("2026-01-31");
    } else if (name.startsWith("time-")) {
      return JSON.textNode("12:00:00");
    } else if (name.startsWith("timestamp-")) {
      return JSON.textNode("2026-01-31T12:00:00Z");
    } else if (name.startsWith("local-timestamp-")) {
      return JSON.textNode("2026-01-31T12:00:00");
    }
    return schema.getType() == Schema.Type.FIXED
        ? base64(schema.getFixedSize())
        : JSON.textNode(name);
  }

  private static JsonNode base64(int bytes) {
    return JSON.textNode(Base64.getEncoder().encodeToString(new byte[bytes]));
  }
}
