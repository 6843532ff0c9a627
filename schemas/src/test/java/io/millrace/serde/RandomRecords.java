package io.millrace.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Values of any schema, by a seed; recursion thins out with depth. */
final class RandomRecords {
  private final Random random;

  RandomRecords(long seed) {
    this.random = new Random(seed);
  }

  /** The Avro binary of a random value. */
  byte[] binary(Schema schema) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<>(schema, new GenericData()).write(value(schema, 0), encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable Object value(Schema schema, int depth) {
    switch (schema.getType()) {
      case NULL:
        return null;
      case BOOLEAN:
        return random.nextBoolean();
      case INT:
        return random.nextInt();
      case LONG:
        return random.nextLong() >> random.nextInt(64);
      case FLOAT:
        return random.nextFloat();
      case DOUBLE:
        return random.nextGaussian();
      case STRING:
        return text();
      case BYTES:
        return ByteBuffer.wrap(bytes(random.nextInt(20)));
      case FIXED:
        return new GenericData.Fixed(schema, bytes(schema.getFixedSize()));
      case ENUM:
        List<String> symbols = schema.getEnumSymbols();
        return new GenericData.EnumSymbol(schema, symbols.get(random.nextInt(symbols.size())));
      case UNION:
        // Deep down the first branch: in a recursive schema it is the one that ends.
        int branch = depth > 6 ? 0 : random.nextInt(schema.getTypes().size());
        return value(schema.getTypes().get(branch), depth + 1);
      case ARRAY:
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = size(depth); i > 0; i--) {
          items.add(value(schema.getElementType(), depth + 1));
        }
        return items;
      case MAP:
        Map<String, @Nullable Object> entries = new HashMap<>();
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
      default:
        throw new IllegalStateException("unknown Avro type " + schema.getType());
    }
  }

  private int size(int depth) {
    return depth > 6 ? 0 : random.nextInt(4);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private String text() {
    return random
        .ints(random.nextInt(12), 0, 0x2fff)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
