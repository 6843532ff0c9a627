package io.millrace.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Random schemas of events: every Avro type and logical type, by a seed. */
final class RandomSchemas {
  private static final int DEEPEST = 3;
  private static final List<LogicalType> OF_LONG =
      List.of(
          LogicalTypes.timeMicros(),
          LogicalTypes.timestampMillis(),
          LogicalTypes.timestampMicros(),
          LogicalTypes.timestampNanos(),
          LogicalTypes.localTimestampMillis(),
          LogicalTypes.localTimestampMicros(),
          LogicalTypes.localTimestampNanos());

  private final Random random;
  private final String namespace;

  /** Records that are being made, the outermost first: a field may be one of them again. */
  private final List<Schema> around = new ArrayList<>();

  private int names;

  RandomSchemas(long seed) {
    this.random = new Random(seed);
    this.namespace = "generated.s" + Math.abs(seed);
  }

  /** A record with one to eight fields. */
  Schema event() {
    return record(0, 1 + random.nextInt(8));
  }

  private Schema record(int depth, int size) {
    Schema record = Schema.createRecord(name("Rec"), null, namespace, false);
    around.add(record);
    List<Schema.Field> fields = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      fields.add(field("f" + i, any(depth + 1)));
    }
    record.setFields(fields);
    around.remove(record);
    return record;
  }

  private Schema.Field field(String name, Schema schema) {
    @Nullable Object value = random.nextInt(3) == 0 ? defaultOf(schema) : null;
    return new Schema.Field(name, schema, null, value);
  }

  /** Of a union, one of its first branch; null: none. */
  private @Nullable Object defaultOf(Schema schema) {
    switch (schema.getType()) {
      case NULL:
        return JsonProperties.NULL_VALUE;
      case BOOLEAN:
        return random.nextBoolean();
      case INT:
        return random.nextInt(86_400_000);
      case LONG:
        return schema.getLogicalType() == null ? random.nextLong() : random.nextInt(1_000_000);
      case FLOAT:
        return 1.5f;
      case DOUBLE:
        return random.nextGaussian();
      case STRING:
        return schema.getLogicalType() == null
            ? "\u00e4 \"default\""
            : "123e4567-e89b-12d3-a456-426614174000";
      case BYTES:
        return new byte[] {(byte) random.nextInt(100), 7};
      case FIXED:
        byte[] bytes = new byte[schema.getFixedSize()];
        Arrays.fill(bytes, (byte) 1);
        return bytes;
      case ENUM:
        return schema.getEnumSymbols().get(0);
      case ARRAY:
        return List.of();
      case MAP:
        return new TreeMap<>();
      case UNION:
        return defaultOf(schema.getTypes().get(0));
      default:
        return null;
    }
  }

  private Schema any(int depth) {
    switch (random.nextInt(depth < DEEPEST ? 18 : 12)) {
      case 0:
        return Schema.create(Schema.Type.BOOLEAN);
      case 1:
        return Schema.create(Schema.Type.INT);
      case 2:
        return Schema.create(Schema.Type.LONG);
      case 3:
        return Schema.create(random.nextBoolean() ? Schema.Type.FLOAT : Schema.Type.DOUBLE);
      case 4:
        return Schema.create(Schema.Type.STRING);
      case 5:
        return Schema.create(Schema.Type.BYTES);
      case 6:
        return Schema.createEnum(name("Enum"), null, namespace, List.of("RED", "GREEN", "BLUE"));
      case 7:
        return fixed(1 + random.nextInt(9));
      case 8:
        return decimal();
      case 9:
        return OF_LONG
            .get(random.nextInt(OF_LONG.size()))
            .addToSchema(Schema.create(Schema.Type.LONG));
      case 10:
        return random.nextBoolean()
            ? LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT))
            : LogicalTypes.timeMillis().addToSchema(Schema.create(Schema.Type.INT));
      case 11:
        return random.nextBoolean()
            ? LogicalTypes.uuid().addToSchema(Schema.create(Schema.Type.STRING))
            : LogicalTypes.uuid().addToSchema(fixed(16));
      case 12:
        return Schema.createArray(any(depth + 1));
      case 13:
        return Schema.createMap(any(depth + 1));
      case 14:
        return record(depth, random.nextInt(4));
      case 15:
        return again();
      default:
        return union(depth);
    }
  }

  private Schema decimal() {
    int precision = 1 + random.nextInt(18);
    LogicalType type = LogicalTypes.decimal(precision, random.nextInt(precision + 1));
    return type.addToSchema(random.nextBoolean() ? Schema.create(Schema.Type.BYTES) : fixed(8));
  }

  private Schema fixed(int size) {
    return Schema.createFixed(name("Fixed"), null, namespace, size);
  }

  /** A record around this place, in a form that can end. */
  private Schema again() {
    Schema record = around.get(random.nextInt(around.size()));
    switch (random.nextInt(3)) {
      case 0:
        return Schema.createArray(record);
      case 1:
        return Schema.createMap(record);
      default:
        return Schema.createUnion(Schema.create(Schema.Type.NULL), record);
    }
  }

  /** Also of branches that look alike in JSON: numbers, texts, records with the same fields. */
  private Schema union(int depth) {
    List<Schema> branches = new ArrayList<>();
    if (random.nextBoolean()) {
      branches.add(Schema.create(Schema.Type.NULL));
    }
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      Schema branch = any(depth + 1);
      if (branch.getType() == Schema.Type.RECORD && random.nextBoolean()) {
        add(branches, twin(branch));
      }
      add(branches, branch);
    }
    if (random.nextInt(4) == 0) {
      Collections.shuffle(branches, random);
    }
    return Schema.createUnion(branches);
  }

  private static void add(List<Schema> branches, Schema branch) {
    boolean there =
        branch.isUnion()
            || branches.stream().anyMatch(b -> b.getFullName().equals(branch.getFullName()));
    if (!there) {
      branches.add(branch);
    } else if (branches.isEmpty()) {
      branches.add(Schema.create(Schema.Type.STRING));
    }
  }

  private Schema twin(Schema record) {
    List<Schema.Field> fields =
        record.getFields().stream().map(field -> new Schema.Field(field, field.schema())).toList();
    return Schema.createRecord(name("Twin"), null, namespace, false, fields);
  }

  private String name(String kind) {
    return kind + names++;
  }
}
