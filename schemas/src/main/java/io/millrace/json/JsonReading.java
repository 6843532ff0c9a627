package io.millrace.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Walks a JSON tree along a schema. */
final class JsonReading {
  private final Schema root;

  JsonReading(Schema root) {
    this.root = root;
  }

  Object read(JsonNode node) {
    if (root.getType() != Schema.Type.RECORD) {
      throw new JsonMismatchException("the schema " + root + " is no record");
    }
    return record(node, root, "");
  }

  private @Nullable Object value(JsonNode node, Schema schema, String path) {
    switch (schema.getType()) {
      case RECORD:
        return record(node, schema, path);
      case ARRAY:
        return array(node, schema, path);
      case MAP:
        return map(node, schema, path);
      case UNION:
        return union(node, schema, path);
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
        check(node.isTextual(), node, path, "text");
        return node.textValue();
      case INT:
      case LONG:
        return whole(node, schema, path);
      case FLOAT:
        return (float) number(node, path);
      case DOUBLE:
        return number(node, path);
      case BYTES:
        return bytes(node, schema, path);
    }
    throw new IllegalStateException("a new kind of schema: " + schema.getType());
  }

  private Object record(JsonNode node, Schema schema, String path) {
    check(node.isObject(), node, path, "an object for " + schema.getName());
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (schema.getField(name) == null) {
        throw new JsonMismatchException(
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
        "missing field '" + where + "' (" + describe(field.schema()) + ")");
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
      map.put(
          entry.getKey(),
          value(entry.getValue(), schema.getValueType(), join(path, entry.getKey())));
    }
    return map;
  }

  /** The first branch that fits; with one candidate its own complaint, else all that was tried. */
  private @Nullable Object union(JsonNode node, Schema schema, String path) {
    List<JsonMismatchException> complaints = new ArrayList<>();
    for (Schema branch : schema.getTypes()) {
      if ((branch.getType() == Schema.Type.NULL) != node.isNull()) {
        continue;
      }
      try {
        return value(node, branch, path);
      } catch (JsonMismatchException e) {
        complaints.add(e);
      }
    }
    if (complaints.size() == 1) {
      throw complaints.get(0);
    }
    throw mismatch(node, path, describe(schema));
  }

  private static Object symbol(JsonNode node, Schema schema, String path) {
    check(
        node.isTextual() && schema.hasEnumSymbol(node.textValue()),
        node,
        path,
        "one of " + schema.getEnumSymbols());
    return new GenericData.EnumSymbol(schema, node.textValue());
  }

  private static Object fixed(JsonNode node, Schema schema, String path) {
    byte[] bytes = base64(node, path);
    check(bytes.length == schema.getFixedSize(), node, path, schema.getFixedSize() + " bytes");
    return new GenericData.Fixed(schema, bytes);
  }

  private static Object bytes(JsonNode node, Schema schema, String path) {
    if (!LogicalText.isDecimal(schema)) {
      return ByteBuffer.wrap(base64(node, path));
    }
    try {
      BigDecimal decimal =
          node.isTextual() ? new BigDecimal(node.textValue()) : node.decimalValue();
      check(node.isTextual() || node.isNumber(), node, path, "a number");
      return LogicalText.decimalBytes(decimal, schema);
    } catch (ArithmeticException | NumberFormatException | AvroRuntimeException e) {
      throw mismatch(node, path, describe(schema));
    }
  }

  private static byte[] base64(JsonNode node, String path) {
    try {
      check(node.isTextual(), node, path, "base64 text");
      return node.binaryValue();
    } catch (IOException e) {
      throw mismatch(node, path, "base64 text");
    }
  }

  private static Object whole(JsonNode node, Schema schema, String path) {
    boolean isInt = schema.getType() == Schema.Type.INT;
    if (node.isTextual() && schema.getLogicalType() != null) {
      long instant =
          LogicalText.parse(node.textValue(), schema)
              .orElseThrow(() -> mismatch(node, path, describe(schema)));
      return isInt ? (Object) (int) instant : (Object) instant;
    }
    check(
        node.isIntegralNumber() && (isInt ? node.canConvertToInt() : node.canConvertToLong()),
        node,
        path,
        isInt ? "a whole number of 32 bits" : "a whole number of 64 bits");
    return isInt ? (Object) node.intValue() : (Object) node.longValue();
  }

  private static double number(JsonNode node, String path) {
    if (node.isTextual()) {
      switch (node.textValue()) {
        case "NaN":
          return Double.NaN;
        case "Infinity":
          return Double.POSITIVE_INFINITY;
        case "-Infinity":
          return Double.NEGATIVE_INFINITY;
        default:
          break;
      }
    }
    check(node.isNumber(), node, path, "a number");
    return node.doubleValue();
  }

  private static void check(boolean fits, JsonNode node, String path, String expected) {
    if (!fits) {
      throw mismatch(node, path, expected);
    }
  }

  private static JsonMismatchException mismatch(JsonNode node, String path, String expected) {
    String where = path.isEmpty() ? "the event" : "field '" + path + "'";
    return new JsonMismatchException(where + " must be " + expected + ", not " + kind(node));
  }

  /** Names the kind, not the value: values may be secret and end up in logs. */
  private static String kind(JsonNode node) {
    return node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
  }

  private static String describe(Schema schema) {
    if (schema.getType() == Schema.Type.UNION) {
      return String.join(" or ", schema.getTypes().stream().map(JsonReading::describe).toList());
    }
    return schema.getLogicalType() == null
        ? schema.getName()
        : schema.getName() + " (" + schema.getLogicalType().getName() + ")";
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
