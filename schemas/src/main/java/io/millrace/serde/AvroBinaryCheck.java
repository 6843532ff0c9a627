package io.millrace.serde;

import org.apache.avro.Schema;

/**
 * Walks Avro binary by its writer's schema without building anything, so that a decoder that
 * follows can trust every length in it.
 *
 * <p>Avro's decoders allocate what a length prefix asks for before they look whether the bytes are
 * there; ten hostile bytes can ask for gigabytes, or nest until the stack ends. Here each length
 * must fit into what remains, items of no size are counted, and depth is bounded. Not thread-safe;
 * one instance per walk.
 */
public final class AvroBinaryCheck {
  /** Levels of nesting that are read; more is refused. */
  public static final int MAX_DEPTH = 512;

  /** Items without any bytes (nulls, empty records) that one value may have; more is refused. */
  public static final int MAX_EMPTY_ITEMS = 100_000;

  private final byte[] bytes;
  private final int end;
  private int position;
  private long emptyItems;

  private AvroBinaryCheck(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.position = from;
    this.end = to;
  }

  /**
   * Checks that the bytes from (inclusive) to (exclusive) are exactly one value of the schema.
   *
   * @throws MalformedRecordException if they are not; says where
   */
  public static void check(Schema writer, byte[] bytes, int from, int to) {
    AvroBinaryCheck walk = new AvroBinaryCheck(bytes, from, to);
    walk.value(writer, 0);
    if (walk.position != to) {
      throw walk.malformed("%d bytes are left over".formatted(to - walk.position));
    }
  }

  private void value(Schema schema, int depth) {
    if (depth > MAX_DEPTH) {
      throw malformed("nested deeper than %d levels".formatted(MAX_DEPTH));
    }
    switch (schema.getType()) {
      case NULL:
        break;
      case BOOLEAN:
        truth();
        break;
      case INT:
        wholeInt();
        break;
      case LONG:
        wholeLong();
        break;
      case FLOAT:
        skip(4);
        break;
      case DOUBLE:
        skip(8);
        break;
      case STRING:
      case BYTES:
        skip(wholeLong());
        break;
      case FIXED:
        skip(schema.getFixedSize());
        break;
      case ENUM:
        index(schema.getEnumSymbols().size(), "enum symbol");
        break;
      case UNION:
        value(schema.getTypes().get(index(schema.getTypes().size(), "union branch")), depth + 1);
        break;
      case RECORD:
        for (Schema.Field field : schema.getFields()) {
          value(field.schema(), depth + 1);
        }
        break;
      case ARRAY:
        blocks(schema.getElementType(), false, depth);
        break;
      case MAP:
        blocks(schema.getValueType(), true, depth);
        break;
      default:
        throw new IllegalStateException("unknown Avro type " + schema.getType());
    }
  }

  private void blocks(Schema item, boolean keyed, int depth) {
    for (long count = wholeLong(); count != 0; count = wholeLong()) {
      if (count < 0) {
        // A negative count is followed by the block's size in bytes; readers that skip trust it.
        count = -count;
        long size = wholeLong();
        if (size < 0 || size > end - position) {
          throw malformed("a block of %d bytes where %d remain".formatted(size, end - position));
        }
      }
      if (count < 0) {
        throw malformed("a block with an impossible number of items");
      }
      for (long i = 0; i < count; i++) {
        int before = position;
        if (keyed) {
          skip(wholeLong());
        }
        value(item, depth + 1);
        if (position == before) {
          emptyItems += count;
          if (emptyItems > MAX_EMPTY_ITEMS || emptyItems < 0) {
            throw malformed("more than %d items without content".formatted(MAX_EMPTY_ITEMS));
          }
          break;
        }
      }
    }
  }

  private void truth() {
    byte value = next();
    if (value != 0 && value != 1) {
      throw malformed("a boolean of value %d".formatted(value));
    }
  }

  private int index(int size, String what) {
    int index = wholeInt();
    if (index < 0 || index >= size) {
      throw malformed("%s %d where there are %d".formatted(what, index, size));
    }
    return index;
  }

  private int wholeInt() {
    long value = wholeLong();
    if (value != (int) value) {
      throw malformed("a number too large for int");
    }
    return (int) value;
  }

  private long wholeLong() {
    long zigZag = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = next();
      zigZag |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return (zigZag >>> 1) ^ -(zigZag & 1);
      }
    }
    throw malformed("a number longer than 10 bytes");
  }

  private byte next() {
    if (position >= end) {
      throw malformed("the record ends in the middle of a value");
    }
    return bytes[position++];
  }

  private void skip(long count) {
    if (count < 0 || count > end - position) {
      throw malformed("a length of %d where %d bytes remain".formatted(count, end - position));
    }
    position += (int) count;
  }

  private MalformedRecordException malformed(String problem) {
    return MalformedRecordException.at(position, problem);
  }
}
