package io.millrace.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Walks a JSON tree along a schema. One instance per tree; not thread-safe. */
final class JsonReading {
  private final UnionReading unions = new UnionReading(this);

  /**
   * What a node inside of a union was read as, or the complaint. Branches are tried, and what is in
   * them may be a union again: without this, the cost would double with every level. By identity,
   * because equal nodes stand at different places.
   */
  private final Map<JsonNode, Map<Schema, Object>> tried = new IdentityHashMap<>();

  Object read(JsonNode node, Schema root) {
    if (root.getType() != Schema.Type.RECORD) {
      throw new JsonMismatchException("", "the schema " + root + " is no record");
    }
    return record(node, root, "");
  }

  UnionReading unions() {
    return unions;
  }

  @Nullable Object value(JsonNode node, Schema schema, String path) {
    switch (schema.getType()) {
      case RECORD:
      case ARRAY:
      case MAP:
        return container(node, schema, path);
      case UNION:
        return unions.read(node, schema, path);
      case ENUM:
        return symbol(node, schema, path);
      case FIXED:
        return fixed(node, schema, path);
      case NULL:
        check(node.isNull(), node, path, "null");
        return null;
      case BOOLEAN:
        check(node.isBoolean(), node, path, "true or false");
        return node.booleanValue();
      case STRING:
        return text(node, schema, path);
      case INT:
      case LONG:
        return whole(node, schema, path);
      case FLOAT:
        return (float)
            FloatText.floatOf(node).orElseThrow(() -> mismatch(node, path, "a number of 32 bits"));
      case DOUBLE:
        return FloatText.doubleOf(node)
            .orElseThrow(() -> mismatch(node, path, "a number of 64 bits"));
      case BYTES:
        return bytes(node, schema, path);
    }
    throw new IllegalStateException("a new kind of schema: " + schema.getType());
  }

  private Object container(JsonNode node, Schema schema, String path) {
    Map<Schema, Object> tries = tried.computeIfAbsent(node, each -> new IdentityHashMap<>(2));
    Object before = tries.get(schema);
    if (before instanceof JsonMismatchException complaint) {
      throw complaint;
    }
    if (before != null) {
      return before;
    }
    try {
      Object read =
          schema.getType() == Schema.Type.RECORD
              ? record(node, schema, path)
              : schema.getType() == Schema.Type.ARRAY
                  ? array(node, schema, path)
                  : map(node, schema, path);
      tries.put(schema, read);
      return read;
    } catch (JsonMismatchException e) {
      tries.put(schema, e);
      throw e;
    }
  }

  private Object record(JsonNode node, Schema schema, String path) {
    check(node.isObject(), node, path, "an object for " + schema.getName());
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (schema.getField(name) == null) {
        throw new JsonMismatchException(
            join(path, name),
            "unknown field '"
                + join(path, name)
                + "'; "
                + schema.getName()
                + " has "
                + schema.getFields().stream().map(Schema.Field::name).toList());
      }
    }
    GenericData.Record record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      JsonNode value = node.get(field.name());
      String where = join(path, field.name());
      record.put(
          field.pos(), value == null ? absent(field, where) : value(value, field.schema(), where));
    }
    return record;
  }

  private static @Nullable Object absent(Schema.Field field, String where) {
    if (field.hasDefaultValue()) {
      return GenericData.get().getDefaultValue(field);
    }
    if (field.schema().isNullable()) {
      return null;
    }
    throw new JsonMismatchException(
        where, "missing field '" + where + "' (" + describe(field.schema()) + ")");
  }

  private Object array(JsonNode node, Schema schema, String path) {
    check(node.isArray(), node, path, "an array");
    GenericData.Array<Object> items = new GenericData.Array<>(node.size(), schema);
    int i = 0;
    for (JsonNode item : node) {
      items.add(value(item, schema.getElementType(), path + "[" + i++ + "]"));
    }
    return items;
  }

  private Object map(JsonNode node, Schema schema, String path) {
    check(node.isObject(), node, path, "an object");
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      check(isText(entry.getKey()), node, path, "an object whose keys are Unicode text");
      map.put(
          entry.getKey(),
          value(entry.getValue(), schema.getValueType(), join(path, entry.getKey())));
    }
    return map;
  }

  private static Object symbol(JsonNode node, Schema schema, String path) {
    check(
        node.isTextual() && schema.hasEnumSymbol(node.textValue()),
        node,
        path,
        "one of " + schema.getEnumSymbols());
    return new GenericData.EnumSymbol(schema, node.textValue());
  }

  private static Object text(JsonNode node, Schema schema, String path) {
    check(node.isTextual(), node, path, "text");
    String text = node.textValue();
    check(isText(text), node, path, "Unicode text: half of a surrogate pair is none");
    check(!LogicalText.isUuid(schema) || LogicalText.uuid(text).isPresent(), node, path, "a UUID");
    return text;
  }

  /** Avro would write a question mark for what is none. */
  private static boolean isText(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static Object fixed(JsonNode node, Schema schema, String path) {
    if (LogicalText.isUuid(schema)) {
      UUID uuid =
          Optional.ofNullable(node.textValue())
              .flatMap(LogicalText::uuid)
              .orElseThrow(() -> mismatch(node, path, "a UUID"));
      return new GenericData.Fixed(
          schema,
          ByteBuffer.allocate(schema.getFixedSize())
              .putLong(uuid.getMostSignificantBits())
              .putLong(uuid.getLeastSignificantBits())
              .array());
    }
    byte[] bytes = DecimalText.is(schema) ? decimal(node, schema, path) : base64(node, path);
    check(bytes.length == schema.getFixedSize(), node, path, schema.getFixedSize() + " bytes");
    return new GenericData.Fixed(schema, bytes);
  }

  private static Object bytes(JsonNode node, Schema schema, String path) {
    return ByteBuffer.wrap(
        DecimalText.is(schema) ? decimal(node, schema, path) : base64(node, path));
  }

  private static byte[] decimal(JsonNode node, Schema schema, String path) {
    return DecimalText.parse(node, schema)
        .orElseThrow(() -> mismatch(node, path, describe(schema)));
  }

  private static byte[] base64(JsonNode node, String path) {
    return Optional.ofNullable(node.textValue())
        .flatMap(Base64Text::parse)
        .orElseThrow(() -> mismatch(node, path, "base64 text"));
  }

  private static Object whole(JsonNode node, Schema schema, String path) {
    boolean isInt = schema.getType() == Schema.Type.INT;
    if (node.isTextual() && schema.getLogicalType() != null) {
      long number =
          LogicalText.time(node.textValue(), schema)
              .orElseThrow(() -> mismatch(node, path, describe(schema)));
      check(!isInt || number == (int) number, node, path, describe(schema));
      return isInt ? (Object) (int) number : (Object) number;
    }
    check(
        node.isIntegralNumber() && (isInt ? node.canConvertToInt() : node.canConvertToLong()),
        node,
        path,
        isInt ? "a whole number of 32 bits" : "a whole number of 64 bits");
    return isInt ? (Object) node.intValue() : (Object) node.longValue();
  }

  private static void check(boolean fits, JsonNode node, String path, String expected) {
    if (!fits) {
      throw mismatch(node, path, expected);
    }
  }

  static JsonMismatchException mismatch(JsonNode node, String path, String expected) {
    String where = path.isEmpty() ? "the event" : "field '" + path + "'";
    return new JsonMismatchException(path, where + " must be " + expected + ", not " + kind(node));
  }

  /** Names the kind, not the value: values may be secret and end up in logs. */
  private static String kind(JsonNode node) {
    return node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
  }

  static String describe(Schema schema) {
    if (schema.getType() == Schema.Type.UNION) {
      return String.join(" or ", schema.getTypes().stream().map(JsonReading::describe).toList());
    }
    return schema.getLogicalType() == null
        ? schema.getName()
        : schema.getName() + " (" + schema.getLogicalType().getName() + ")";
  }

  static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
