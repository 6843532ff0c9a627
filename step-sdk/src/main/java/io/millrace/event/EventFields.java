package io.millrace.event;

import io.millrace.json.AvroJson;
import io.millrace.json.JsonMismatchException;
import io.millrace.serde.WireFormat;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * An event's top-level scalar fields as JSON text, and what is required of them in the same text,
 * so that whoever compares the two needs no schema (W4). Both sides use this class: clients and
 * workers for events, steps that wait for requirements.
 */
public final class EventFields {
  /** Longer texts are left out: an event's fields travel beside its value. */
  static final int MAX_CHARS = 256;

  private static final String FIELD = "field";

  private EventFields() {}

  /**
   * Of an event in registry wire format. Fields that are null, long, binary or no scalars are left
   * out.
   *
   * @throws IOException if the bytes are not of this schema
   */
  public static Map<String, String> of(byte[] value, Schema writer) throws IOException {
    GenericDatumReader<Object> reader = new GenericDatumReader<>(writer, writer, new GenericData());
    int from = WireFormat.HEADER_BYTES;
    Object datum =
        reader.read(
            null, DecoderFactory.get().binaryDecoder(value, from, value.length - from, null));
    Map<String, String> fields = new TreeMap<>();
    if (datum instanceof IndexedRecord record) {
      for (Schema.Field field : writer.getFields()) {
        @Nullable Object each = record.get(field.pos());
        if (each != null && isScalar(each)) {
          fields.put(field.name(), AvroJson.write(each, field.schema()));
        }
      }
    }
    return fields;
  }

  private static boolean isScalar(Object datum) {
    return datum instanceof CharSequence text && text.length() <= MAX_CHARS
        || datum instanceof Number
        || datum instanceof Boolean
        || datum instanceof GenericData.EnumSymbol;
  }

  /**
   * The text that the field has in events with this value.
   *
   * @throws IllegalArgumentException if no event of the type can have it; says why
   */
  public static String required(EventType type, String field, Object value) {
    Schema.Field found = type.schema().getField(field);
    if (found == null) {
      throw new IllegalArgumentException(
          "%s has no field %s to wait for; it has %s"
              .formatted(
                  type.name(),
                  field,
                  type.schema().getFields().stream().map(Schema.Field::name).toList()));
    }
    Schema schema = found.schema();
    GenericRecord read;
    try {
      read = AvroJson.read("{\"" + FIELD + "\":" + json(value, schema) + "}", wrapped(schema));
    } catch (JsonMismatchException e) {
      throw new IllegalArgumentException(
          "%s.%s can never be %s %s: %s"
              .formatted(
                  type.name(), field, value.getClass().getSimpleName(), value, e.getMessage()),
          e);
    }
    Object datum = read.get(FIELD);
    if (!isScalar(datum)) {
      throw new IllegalArgumentException(
          "%s.%s cannot be waited for: use a field that is a number, a boolean, an enum or a text of up to %d characters"
              .formatted(type.name(), field, MAX_CHARS));
    }
    return AvroJson.write(datum, schema);
  }

  private static Schema wrapped(Schema field) {
    return SchemaBuilder.record("Requirement")
        .fields()
        .name(FIELD)
        .type(field)
        .noDefault()
        .endRecord();
  }

  /** As {@link Scalars} turns values into Avro, and {@link AvroJson} Avro into JSON. */
  private static String json(Object value, Schema schema) {
    if (value instanceof Boolean || value instanceof Number && !isText(schema)) {
      return value.toString();
    }
    String text = value instanceof Enum<?> constant ? constant.name() : value.toString();
    return AvroJson.write(text, Schema.create(Schema.Type.STRING));
  }

  private static boolean isText(Schema schema) {
    return schema.getType() == Schema.Type.UNION
        ? schema.getTypes().stream().anyMatch(EventFields::isText)
        : schema.getType() == Schema.Type.STRING;
  }
}
