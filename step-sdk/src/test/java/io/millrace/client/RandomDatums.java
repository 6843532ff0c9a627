package io.millrace.client;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/**
 * Random values of any schema, by a seed; the awkward ones more often than chance would have it.
 */
final class RandomDatums {
  private static final int DEEP = 6;
  private static final List<Long> LONGS =
      List.of(0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1, -(1L << 53) - 1, 1L << 31);
  private static final List<Double> DOUBLES =
      List.of(
          0.0,
          -0.0,
          1.0,
          0.1,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.MAX_VALUE,
          Double.MIN_VALUE,
          1e300);
  private static final List<String> TEXTS =
      List.of("", "null", "NaN", "1", "RED", "AQI=", "2026-01-02", "\ud83c\udf3e\u0000\u2028\"\\");

  private final Random random;

  RandomDatums(long seed) {
    this.random = new Random(seed);
  }

  @Nullable Object value(Schema schema, int depth) {
    switch (schema.getType()) {
      case NULL:
        return null;
      case BOOLEAN:
        return random.nextBoolean();
      case INT:
        return integer(schema.getLogicalType());
      case LONG:
        return longInteger(schema.getLogicalType());
      case FLOAT:
        return random.nextInt(3) == 0
            ? pick(DOUBLES).floatValue()
            : Float.intBitsToFloat(random.nextInt() & 0xff7fffff);
      case DOUBLE:
        return random.nextInt(3) == 0 ? pick(DOUBLES) : random.nextGaussian() * 1e9;
      case STRING:
        return schema.getLogicalType() == null ? text() : uuid().toString();
      case BYTES:
        return schema.getLogicalType() == null
            ? ByteBuffer.wrap(bytes(random.nextInt(6)))
            : ByteBuffer.wrap(unscaled(schema).toByteArray());
      case FIXED:
        return new GenericData.Fixed(schema, fixed(schema));
      case ENUM:
        return new GenericData.EnumSymbol(schema, pick(schema.getEnumSymbols()));
      case UNION:
        return union(schema, depth);
      case ARRAY:
        GenericData.Array<@Nullable Object> items = new GenericData.Array<>(4, schema);
        for (int i = size(depth); i > 0; i--) {
          items.add(value(schema.getElementType(), depth + 1));
        }
        return items;
      case MAP:
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        for (int i = size(depth); i > 0; i--) {
          entries.put(text(), value(schema.getValueType(), depth + 1));
        }
        return entries;
      case RECORD:
        GenericData.Record record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
          record.put(field.pos(), value(field.schema(), depth + 1));
        }
        return record;
    }
    throw new IllegalStateException("unknown Avro type " + schema.getType());
  }

  private @Nullable Object union(Schema schema, int depth) {
    List<Schema> branches = schema.getTypes();
    // Deep down nothing, or else what does not go deeper.
    return value(
        depth > DEEP ? branches.get(0) : branches.get(random.nextInt(branches.size())), depth + 1);
  }

  private int integer(@Nullable LogicalType type) {
    if (type instanceof LogicalTypes.TimeMillis) {
      return random.nextInt(86_400_000);
    }
    return random.nextInt(4) == 0 ? pick(LONGS).intValue() : random.nextInt();
  }

  private long longInteger(@Nullable LogicalType type) {
    if (type instanceof LogicalTypes.TimeMicros) {
      return random.nextInt(86_400) * 1_000_000L + random.nextInt(1_000_000);
    }
    if (type != null && type.getName().endsWith("-millis")) {
      // As far as Java's own times go, and some: 200 million years.
      return random.nextLong() >> 1;
    }
    return random.nextInt(4) == 0 ? pick(LONGS) : random.nextLong() >> random.nextInt(64);
  }

  private byte[] fixed(Schema schema) {
    byte[] bytes = bytes(schema.getFixedSize());
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal) {
      byte[] least = unscaled(schema).toByteArray();
      Arrays.fill(bytes, (byte) (least[0] < 0 ? -1 : 0));
      System.arraycopy(least, 0, bytes, bytes.length - least.length, least.length);
    }
    return bytes;
  }

  private BigInteger unscaled(Schema schema) {
    int digits = ((LogicalTypes.Decimal) schema.getLogicalType()).getPrecision();
    return new BigInteger(60, random)
        .mod(BigInteger.TEN.pow(1 + random.nextInt(digits)))
        .multiply(BigInteger.valueOf(random.nextBoolean() ? 1 : -1));
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private int size(int depth) {
    return depth > DEEP ? 0 : random.nextInt(4);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private String text() {
    return random.nextInt(3) == 0
        ? pick(TEXTS)
        : random
            .ints(random.nextInt(5), 0, 0x2fff)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
