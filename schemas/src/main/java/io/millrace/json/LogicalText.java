package io.millrace.json;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The logical types that people write as text. */
final class LogicalText {
  private static final Conversions.DecimalConversion DECIMAL = new Conversions.DecimalConversion();

  private LogicalText() {}

  static boolean isDecimal(Schema schema) {
    return schema.getLogicalType() instanceof LogicalTypes.Decimal;
  }

  static ByteBuffer decimalBytes(BigDecimal decimal, Schema schema) {
    LogicalTypes.Decimal type = (LogicalTypes.Decimal) schema.getLogicalType();
    return DECIMAL.toBytes(decimal.setScale(type.getScale()), schema, type);
  }

  static BigDecimal decimal(ByteBuffer bytes, Schema schema) {
    return DECIMAL.fromBytes(bytes.duplicate(), schema, schema.getLogicalType());
  }

  /** Empty: the text is none of this type. */
  static Optional<Long> parse(String text, Schema schema) {
    LogicalType type = schema.getLogicalType();
    try {
      if (type instanceof LogicalTypes.TimestampMillis) {
        return Optional.of(Instant.parse(text).toEpochMilli());
      }
      if (type instanceof LogicalTypes.TimestampMicros) {
        return Optional.of(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text)));
      }
      if (type instanceof LogicalTypes.Date) {
        return Optional.of(LocalDate.parse(text).toEpochDay());
      }
      return Optional.empty();
    } catch (DateTimeException | ArithmeticException e) {
      // The caller names the field and what it should have been.
      return Optional.empty();
    }
  }

  /** Empty: written as a number. */
  static Optional<String> format(long number, Schema schema) {
    LogicalType type = schema.getLogicalType();
    if (type instanceof LogicalTypes.TimestampMillis) {
      return Optional.of(Instant.ofEpochMilli(number).toString());
    }
    if (type instanceof LogicalTypes.TimestampMicros) {
      return Optional.of(Instant.EPOCH.plus(number, ChronoUnit.MICROS).toString());
    }
    if (type instanceof LogicalTypes.Date) {
      return Optional.of(LocalDate.ofEpochDay(number).toString());
    }
    return Optional.empty();
  }
}
