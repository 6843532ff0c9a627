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

/** Generic data as a JSON tree. One instance per datum; not thread-safe. */
final class JsonWriting {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Tells which branch of a union would be read back. */
  private final UnionReading unions = new JsonReading().unions();

  JsonNode write(@Nullable Object datum, Schema schema) {
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
        int at = GenericData.get().resolveUnion(schema, datum);
        Schema branch = schema.getTypes().get(at);
        JsonNode value = write(datum, branch);
        return unions.readsAs(value, schema, at)
            ? value
            : NODES.objectNode().set(branch.getFullName(), value);
      default:
        return scalar(datum, schema);
    }
  }

  private static JsonNode scalar(Object datum, Schema schema) {
    Optional<String> text = LogicalText.format(datum, schema);
    if (text.isPresent()) {
      return NODES.textNode(text.get());
    }
    if (datum instanceof ByteBuffer buffer) {
      return NODES.textNode(Base64Text.of(buffer));
    }
    if (datum instanceof GenericFixed fixed) {
      return NODES.textNode(Base64Text.of(ByteBuffer.wrap(fixed.bytes())));
    }
    if (datum instanceof Boolean truth) {
      return NODES.booleanNode(truth);
    }
    if (datum instanceof Integer || datum instanceof Long) {
      return NODES.numberNode(((Number) datum).longValue());
    }
    if (datum instanceof Float || datum instanceof Double) {
      return FloatText.node((Number) datum);
    }
    return NODES.textNode(datum.toString());
  }
}
