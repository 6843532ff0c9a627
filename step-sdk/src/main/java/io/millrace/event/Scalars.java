package io.millrace.event;

import static java.time.temporal.ChronoUnit.MICROS;

import io.millrace.event.ScalarShape.Reader;
import io.millrace.event.ScalarShape.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The Java types that become Avro primitives.
 *
 * <pre>
 * boolean, int, long, float, double, String, byte[]   the same
 * byte, short                                         int
 * Instant                                             long, timestamp-micros
 * LocalDateTime                                       long, local-timestamp-micros
 * LocalTime                                           long, time-micros
 * LocalDate                                           int, date
 * UUID                                                string, uuid
 * BigDecimal, BigInteger, Duration, Period, URI,
 * OffsetDateTime, ZonedDateTime, ZoneId               string, as their toString
 * </pre>
 *
 * Times finer than a microsecond are cut to it. A BigDecimal is text because Avro's decimal fixes
 * the scale, and because every language reads it.
 */
final class Scalars {
  private static final Map<Class<?>, Shape> SHAPES = new HashMap<>();

  static {
    primitive(
        boolean.class,
        Boolean.class,
        Schema.Type.BOOLEAN,
        (v, out) -> out.writeBoolean(v),
        in -> in.readBoolean());
    primitive(
        int.class, Integer.class, Schema.Type.INT, (v, out) -> out.writeInt(v), in -> in.readInt());
    primitive(
        long.class,
        Long.class,
        Schema.Type.LONG,
        (v, out) -> out.writeLong(v),
        in -> in.readLong());
    primitive(
        float.class,
        Float.class,
        Schema.Type.FLOAT,
        (v, out) -> out.writeFloat(v),
        in -> in.readFloat());
    primitive(
        double.class,
        Double.class,
        Schema.Type.DOUBLE,
        (v, out) -> out.writeDouble(v),
        in -> in.readDouble());
    primitive(
        short.class,
        Short.class,
        Schema.Type.INT,
        (v, out) -> out.writeInt(v),
        in -> exactShort(in.readInt()));
    primitive(
        byte.class,
        Byte.class,
        Schema.Type.INT,
        (v, out) -> out.writeInt(v),
        in -> exactByte(in.readInt()));
    put(
        String.class,
        Schema.Type.STRING,
        null,
        (v, out) -> out.writeString(v),
        in -> in.readString());
    put(
        byte[].class,
        Schema.Type.BYTES,
        null,
        (v, out) -> out.writeBytes(v),
        in -> array(in.readBytes(null)));
    put(
        Instant.class,
        Schema.Type.LONG,
        LogicalTypes.timestampMicros(),
        (v, out) -> out.writeLong(micros(v)),
        in -> instant(in.readLong()));
    put(
        LocalDateTime.class,
        Schema.Type.LONG,
        LogicalTypes.localTimestampMicros(),
        (v, out) -> out.writeLong(micros(v.toInstant(ZoneOffset.UTC))),
        in -> LocalDateTime.ofInstant(instant(in.readLong()), ZoneOffset.UTC));
    put(
        LocalTime.class,
        Schema.Type.LONG,
        LogicalTypes.timeMicros(),
        (v, out) -> out.writeLong(v.toNanoOfDay() / 1000),
        in -> LocalTime.ofNanoOfDay(Math.multiplyExact(in.readLong(), 1000L)));
    put(
        LocalDate.class,
        Schema.Type.INT,
        LogicalTypes.date(),
        (v, out) -> out.writeInt(Math.toIntExact(v.toEpochDay())),
        in -> LocalDate.ofEpochDay(in.readInt()));
    text(UUID.class, LogicalTypes.uuid(), UUID::fromString);
    text(BigDecimal.class, null, BigDecimal::new);
    text(BigInteger.class, null, BigInteger::new);
    text(Duration.class, null, Duration::parse);
    text(Period.class, null, Period::parse);
    text(OffsetDateTime.class, null, OffsetDateTime::parse);
    text(ZonedDateTime.class, null, ZonedDateTime::parse);
    text(ZoneId.class, null, ZoneId::of);
    text(URI.class, null, URI::create);
  }

  private Scalars() {}

  /** The shape of this type, or null if it is no scalar. */
  static @Nullable Shape of(Class<?> type) {
    return SHAPES.get(type);
  }

  private static <T> void primitive(
      Class<?> primitive, Class<T> boxed, Schema.Type avro, Writer<T> writer, Reader<T> reader) {
    put(boxed, avro, null, writer, reader);
    Shape shape = of(boxed);
    if (shape != null) {
      SHAPES.put(primitive, shape);
    }
  }

  private static <T> void text(
      Class<T> type, @Nullable LogicalType logical, Function<String, T> parse) {
    put(
        type,
        Schema.Type.STRING,
        logical,
        (v, out) -> out.writeString(v.toString()),
        in -> parse.apply(in.readString()));
  }

  private static <T> void put(
      Class<T> type,
      Schema.Type avro,
      @Nullable LogicalType logical,
      Writer<T> writer,
      Reader<T> reader) {
    Schema schema = Schema.create(avro);
    SHAPES.put(
        type,
        new ScalarShape<>(
            type, logical == null ? schema : logical.addToSchema(schema), writer, reader));
  }

  private static long micros(Instant instant) {
    // Not MICROS.between, which counts nanoseconds on the way: they end in the year 2262.
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, MICROS);
  }

  private static byte[] array(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static short exactShort(int value) {
    if (value != (short) value) {
      throw new ArithmeticException(value + " does not fit a short");
    }
    return (short) value;
  }

  private static byte exactByte(int value) {
    if (value != (byte) value) {
      throw new ArithmeticException(value + " does not fit a byte");
    }
    return (byte) value;
  }
}
