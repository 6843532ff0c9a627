package io.millrace.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Generic data as a JSON tree. */
final class JsonWriting {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonWriting() {}

  static JsonNode write(@Nullable Object datum, Schema schema) {
    if (datum == null) {
      return NODES.nullNode();
    }
    switch (schema.getType()) {
      case RECORD:
        ObjectNode object = NODES.objectNode();
        IndexedRecord record = (IndexedRecord) datum;
        for (Schema.Field field : schema.getFields()) {
          object.set(field.name(), write(record.get(field.pos()), field.schema()));
        }
        return object;
      case ARRAY:
        ArrayNode array = NODES.arrayNode();
        for (Object item : (Collection<?>) datum) {
          array.add(write(item, schema.getElementType()));
        }
        return array;
      case MAP:
        ObjectNode map = NODES.objectNode();
        ((Map<?, ?>) datum)
            .forEach((key, value) -> map.set(key.toString(), write(value, schema.getValueType())));
        return map;
      case UNION:
        int branch = GenericData.get().resolveUnion(schema, datum);
        return write(datum, schema.getTypes().get(branch));
      default:
        return scalar(datum, schema);
    }
  }

  private static JsonNode scalar(Object datum, Schema schema) {
    if (datum instanceof ByteBuffer buffer) {
      return LogicalText.isDecimal(schema)
          ? NODES.textNode(LogicalText.decimal(buffer, schema).toPlainString())
          : NODES.binaryNode(bytes(buffer));
    }
    if (datum instanceof GenericFixed fixed) {
      return NODES.binaryNode(fixed.bytes());
    }
    if (datum instanceof Boolean truth) {
      return NODES.booleanNode(truth);
    }
    if (datum instanceof Integer || datum instanceof Long) {
      long number = ((Number) datum).longValue();
      Optional<String> text = LogicalText.format(number, schema);
      return text.<JsonNode>map(NODES::textNode).orElseGet(() -> NODES.numberNode(number));
    }
    if (datum instanceof Float number) {
      return NODES.numberNode(number);
    }
    if (datum instanceof Double number) {
      return NODES.numberNode(number);
    }
    return NODES.textNode(datum.toString());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
