package io.millrace.http;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.AvroGenerated;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.NullUnmarked;

/**
 * An event as Avro's compiler would make it, with what a record of Java cannot have: unions whose
 * branches are alike, and defaults of every kind.
 */
@NullUnmarked
@AvroGenerated
public class Sale extends SpecificRecordBase {
  private static final long serialVersionUID = 1L;
  public static final Schema SCHEMA$ =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Sale", "namespace": "io.millrace.http", "millrace.kind": "start",
               "fields": [
                {"name": "payment", "doc": "which way the money goes", "type": [
                  {"type": "record", "name": "Refund", "fields": [{"name": "amount", "type": "int"}]},
                  {"type": "record", "name": "Charge", "fields": [{"name": "amount", "type": "int"}]}]},
                {"name": "count", "type": ["int", "long"]},
                {"name": "note", "type": ["string", "null"], "default": "none"},
                {"name": "tags", "type": {"type": "array", "items": "string"}, "default": ["new", "paid"]},
                {"name": "labels", "type": {"type": "map", "values": "string"}, "default": {"colour": "blue"}},
                {"name": "shop", "default": {"name": "Mill Lane"}, "type": {"type": "record", "name": "Shop",
                  "fields": [{"name": "name", "type": "string"}, {"name": "floor", "type": "int", "default": 2}]}},
                {"name": "day", "type": {"type": "int", "logicalType": "date"}, "default": 20000},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}, "default": 1767225600000250},
                {"name": "price", "default": "\\u0004\\u00d2",
                 "type": {"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}},
                {"name": "seal", "type": "bytes", "default": "\\u0001\\u00ff"},
                {"name": "serial", "type": "long", "default": 9007199254740993}]}
              """);

  private final Object[] values = new Object[SCHEMA$.getFields().size()];

  public static Schema getClassSchema() {
    return SCHEMA$;
  }

  @Override
  public Schema getSchema() {
    return SCHEMA$;
  }

  @Override
  public Object get(int field) {
    return values[field];
  }

  @Override
  public void put(int field, Object value) {
    values[field] = value;
  }

  /** What it holds, each value after the type that it came as. */
  String told() {
    return SCHEMA$.getFields().stream()
        .map(field -> field.name() + " " + told(values[field.pos()]))
        .collect(Collectors.joining("; "));
  }

  private static String told(Object value) {
    if (value instanceof GenericRecord record) {
      return record.getSchema().getName() + " " + record;
    }
    if (value instanceof ByteBuffer bytes) {
      return "bytes " + HexFormat.of().formatHex(bytes.array());
    }
    return value == null ? "nothing" : value.getClass().getSimpleName() + " " + value;
  }
}
