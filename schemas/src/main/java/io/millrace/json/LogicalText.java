package io.millrace.json;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.jspecify.annotations.Nullable;

/** The logical types that people write as text. */
final class LogicalText {
  private static final int UUID_CHARS = 36;

  private LogicalText() {}

  /** Empty: written as what it is without its logical type. */
  static Optional<String> format(Object datum, Schema schema) {
    @Nullable LogicalType type = schema.getLogicalType();
    if (type == null) {
      return Optional.empty();
    }
    if (datum instanceof Integer || datum instanceof Long) {
      long number = ((Number) datum).longValue();
      return TimeText.named(type.getName()).flatMap(time -> time.format(number));
    }
    if (datum instanceof ByteBuffer || datum instanceof GenericFixed) {
      if (DecimalText.is(schema)) {
        return Optional.of(DecimalText.of(datum, schema));
      }
      if (isUuid(schema) && datum instanceof GenericFixed fixed) {
        ByteBuffer bytes = ByteBuffer.wrap(fixed.bytes());
        return Optional.of(new UUID(bytes.getLong(), bytes.getLong()).toString());
      }
    }
    return Optional.empty();
  }

  /** The number of a date or time; empty: the text is none of this type. */
  static OptionalLong time(String text, Schema schema) {
    return Optional.ofNullable(schema.getLogicalType())
        .flatMap(type -> TimeText.named(type.getName()))
        .map(time -> time.parse(text))
        .orElseGet(OptionalLong::empty);
  }

  static boolean isUuid(Schema schema) {
    return schema.getLogicalType() != null && schema.getLogicalType().getName().equals("uuid");
  }

  /** Empty: no UUID in full; Java's own parser takes less. */
  static Optional<UUID> uuid(String text) {
    try {
      return text.length() == UUID_CHARS ? Optional.of(UUID.fromString(text)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
