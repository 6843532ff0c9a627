package io.millrace.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Avro's dates and times as ISO-8601 text. What is finer than the type is cut to it, as the SDK
 * does with Java's times; what is too far away for it is refused.
 */
enum TimeText {
  DATE(0),
  TIME_MILLIS(1_000),
  TIME_MICROS(1_000_000),
  TIMESTAMP_MILLIS(1_000),
  TIMESTAMP_MICROS(1_000_000),
  TIMESTAMP_NANOS(1_000_000_000),
  LOCAL_TIMESTAMP_MILLIS(1_000),
  LOCAL_TIMESTAMP_MICROS(1_000_000),
  LOCAL_TIMESTAMP_NANOS(1_000_000_000);

  private static final long NANOS = 1_000_000_000;
  private static final Map<String, TimeText> BY_NAME =
      Map.of(
          "date", DATE,
          "time-millis", TIME_MILLIS,
          "time-micros", TIME_MICROS,
          "timestamp-millis", TIMESTAMP_MILLIS,
          "timestamp-micros", TIMESTAMP_MICROS,
          "timestamp-nanos", TIMESTAMP_NANOS,
          "local-timestamp-millis", LOCAL_TIMESTAMP_MILLIS,
          "local-timestamp-micros", LOCAL_TIMESTAMP_MICROS,
          "local-timestamp-nanos", LOCAL_TIMESTAMP_NANOS);

  private final long perSecond;

  TimeText(long perSecond) {
    this.perSecond = perSecond;
  }

  /** By the name of Avro's logical type. */
  static Optional<TimeText> named(String logicalType) {
    return Optional.ofNullable(BY_NAME.get(logicalType));
  }

  /** Empty: the number is none of this type's, so it stays a number. */
  Optional<String> format(long number) {
    try {
      switch (this) {
        case DATE:
          return Optional.of(LocalDate.ofEpochDay(number).toString());
        case TIME_MILLIS:
        case TIME_MICROS:
          return Optional.of(
              LocalTime.ofNanoOfDay(Math.multiplyExact(number, NANOS / perSecond)).toString());
        case TIMESTAMP_MILLIS:
        case TIMESTAMP_MICROS:
        case TIMESTAMP_NANOS:
          return Optional.of(instant(number).toString());
        default:
          return Optional.of(LocalDateTime.ofInstant(instant(number), ZoneOffset.UTC).toString());
      }
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** Empty: the text is none of this type's. */
  OptionalLong parse(String text) {
    try {
      switch (this) {
        case DATE:
          return OptionalLong.of(LocalDate.parse(text).toEpochDay());
        case TIME_MILLIS:
        case TIME_MICROS:
          return cut(0, LocalTime.parse(text).toNanoOfDay());
        case TIMESTAMP_MILLIS:
        case TIMESTAMP_MICROS:
        case TIMESTAMP_NANOS:
          Instant instant = Instant.parse(text);
          return cut(instant.getEpochSecond(), instant.getNano());
        default:
          LocalDateTime local = LocalDateTime.parse(text);
          return cut(local.toEpochSecond(ZoneOffset.UTC), local.getNano());
      }
    } catch (DateTimeException | ArithmeticException e) {
      // The caller names the field and what it should have been.
      return OptionalLong.empty();
    }
  }

  private Instant instant(long number) {
    return Instant.ofEpochSecond(
        Math.floorDiv(number, perSecond), Math.floorMod(number, perSecond) * (NANOS / perSecond));
  }

  private OptionalLong cut(long seconds, long nanos) {
    long rest = nanos / (NANOS / perSecond);
    // By way of the second after it, so that the lowest numbers do not overflow.
    return seconds < 0
        ? OptionalLong.of(
            Math.addExact(Math.multiplyExact(seconds + 1, perSecond), rest - perSecond))
        : OptionalLong.of(Math.addExact(Math.multiplyExact(seconds, perSecond), rest));
  }
}
