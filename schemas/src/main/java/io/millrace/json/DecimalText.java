package io.millrace.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;

/** Decimals: their unscaled value, big-endian, in bytes or in a fixed. */
final class DecimalText {
  /** More digits than any precision that makes sense; parsing costs their square. */
  private static final int MAX_CHARS = 1_000;

  private DecimalText() {}

  static boolean is(Schema schema) {
    return schema.getLogicalType() instanceof LogicalTypes.Decimal;
  }

  static String of(Object datum, Schema schema) {
    byte[] bytes;
    if (datum instanceof GenericFixed fixed) {
      bytes = fixed.bytes();
    } else {
      ByteBuffer buffer = (ByteBuffer) datum;
      bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
    }
    BigInteger unscaled = bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
    return new BigDecimal(unscaled, type(schema).getScale()).toPlainString();
  }

  /** Empty: no decimal, or one that the type cannot hold exactly. */
  static Optional<byte[]> parse(JsonNode node, Schema schema) {
    return number(node)
        .flatMap(decimal -> unscaled(decimal, type(schema)))
        .flatMap(unscaled -> sized(unscaled.toByteArray(), schema));
  }

  private static Optional<BigDecimal> number(JsonNode node) {
    if (node.isNumber()) {
      return Optional.of(node.decimalValue());
    }
    if (!node.isTextual() || node.textValue().length() > MAX_CHARS) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(node.textValue()));
    } catch (NumberFormatException e) {
      // The caller names the field.
      return Optional.empty();
    }
  }

  private static Optional<BigInteger> unscaled(BigDecimal decimal, LogicalTypes.Decimal type) {
    BigDecimal shortest = decimal.signum() == 0 ? BigDecimal.ZERO : decimal.stripTrailingZeros();
    long whole = (long) shortest.precision() - shortest.scale();
    // Before the scale is set: 1e999999999 would become a number of a billion digits.
    if (shortest.scale() > type.getScale()
        || shortest.signum() != 0 && whole + type.getScale() > type.getPrecision()) {
      return Optional.empty();
    }
    return Optional.of(shortest.setScale(type.getScale()).unscaledValue());
  }

  private static Optional<byte[]> sized(byte[] bytes, Schema schema) {
    if (schema.getType() != Schema.Type.FIXED) {
      return Optional.of(bytes);
    }
    int size = schema.getFixedSize();
    if (bytes.length > size) {
      return Optional.empty();
    }
    byte[] padded = new byte[size];
    Arrays.fill(padded, 0, size - bytes.length, (byte) (bytes[0] < 0 ? -1 : 0));
    System.arraycopy(bytes, 0, padded, size - bytes.length, bytes.length);
    return Optional.of(padded);
  }

  private static LogicalTypes.Decimal type(Schema schema) {
    return (LogicalTypes.Decimal) schema.getLogicalType();
  }
}
