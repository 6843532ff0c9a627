package io.millrace.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schemas of the records that are read and written, so that the document cannot say anything
 * else than the code does. An {@code Optional} component is one that may be absent. Not
 * thread-safe.
 */
final class RecordSchemas {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, ObjectNode> schemas = new TreeMap<>();

  /** A reference to the record's schema, which is kept for {@link #all}. */
  ObjectNode reference(Class<?> record) {
    String name = record.getSimpleName();
    if (!schemas.containsKey(name)) {
      ObjectNode schema = NODES.objectNode();
      schemas.put(name, schema); // before its components: a record may hold itself
      describe(record, schema);
    }
    return NODES.objectNode().put("$ref", "#/components/schemas/" + name);
  }

  ObjectNode all() {
    ObjectNode all = NODES.objectNode();
    schemas.forEach(all::set);
    return all;
  }

  private void describe(Class<?> record, ObjectNode schema) {
    @Nullable Doc doc = record.getAnnotation(Doc.class);
    if (doc != null) {
      schema.put("description", doc.value());
    }
    schema.put("type", "object").put("additionalProperties", false);
    ObjectNode properties = schema.putObject("properties");
    for (RecordComponent component : record.getRecordComponents()) {
      ObjectNode property = of(component.getGenericType());
      @Nullable Doc said = component.getAnnotation(Doc.class);
      if (said != null) {
        property.put("description", said.value());
        for (String text : said.oneOf()) {
          property.withArray("enum").add(text);
        }
      }
      properties.set(component.getName(), property);
      if (component.getType() != Optional.class) {
        schema.withArray("required").add(component.getName());
      }
    }
  }

  private ObjectNode of(Type type) {
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      ObjectNode schema = NODES.objectNode().put("type", "string");
      for (Object constant : plain.getEnumConstants()) {
        schema.withArray("enum").add(((Enum<?>) constant).name());
      }
      return schema;
    }
    if (plain.isRecord()) {
      return reference(plain);
    }
    return scalar(plain);
  }

  private ObjectNode ofGeneric(ParameterizedType generic) {
    Type[] arguments = generic.getActualTypeArguments();
    if (generic.getRawType() == Optional.class) {
      return of(arguments[0]);
    }
    ObjectNode schema = NODES.objectNode();
    if (generic.getRawType() == List.class) {
      schema.put("type", "array").set("items", of(arguments[0]));
      return schema;
    }
    if (generic.getRawType() == Map.class) {
      schema.put("type", "object").set("additionalProperties", of(arguments[1]));
      return schema;
    }
    throw new IllegalStateException("no schema for a " + generic);
  }

  private static ObjectNode scalar(Class<?> type) {
    ObjectNode schema = NODES.objectNode();
    if (type == String.class) {
      return schema.put("type", "string");
    }
    if (type == boolean.class || type == Boolean.class) {
      return schema.put("type", "boolean");
    }
    if (type == int.class || type == Integer.class) {
      return schema.put("type", "integer").put("format", "int32");
    }
    if (type == long.class || type == Long.class) {
      return schema.put("type", "integer").put("format", "int64");
    }
    if (type == Instant.class) {
      return schema.put("type", "string").put("format", "date-time");
    }
    if (type == Duration.class) {
      return schema.put("type", "string").put("format", "duration");
    }
    if (type == JsonNode.class || type == Object.class) {
      return schema;
    }
    if (type == ObjectNode.class) {
      return schema.put("type", "object");
    }
    throw new IllegalStateException("no schema for a " + type);
  }
}
