package io.millrace.event;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** Random values of record types, the same for the same seed. */
@NullUnmarked
final class RandomValues {
  private final Random random;
  private final Map<Class<?>, Supplier<Object>> scalars = new HashMap<>();

  RandomValues(long seed) {
    random = new Random(seed);
    put(boolean.class, Boolean.class, random::nextBoolean);
    put(byte.class, Byte.class, () -> (byte) random.nextInt());
    put(short.class, Short.class, () -> (short) random.nextInt());
    put(int.class, Integer.class, random::nextInt);
    put(long.class, Long.class, random::nextLong);
    put(float.class, Float.class, () -> Float.intBitsToFloat(random.nextInt() & 0x7f7fffff));
    put(double.class, Double.class, random::nextGaussian);
    scalars.put(String.class, this::text);
    scalars.put(UUID.class, () -> new UUID(random.nextLong(), random.nextLong()));
    scalars.put(BigDecimal.class, () -> BigDecimal.valueOf(random.nextLong(), random.nextInt(30)));
    scalars.put(BigInteger.class, () -> new BigInteger(200, random));
    scalars.put(URI.class, () -> URI.create("http://mill.example/" + random.nextInt()));
    scalars.put(Instant.class, this::instant);
    scalars.put(LocalDate.class, () -> dateTime().toLocalDate());
    scalars.put(LocalTime.class, () -> dateTime().toLocalTime());
    scalars.put(LocalDateTime.class, this::dateTime);
    scalars.put(OffsetDateTime.class, () -> instant().atOffset(ZoneOffset.ofHours(3)));
    scalars.put(ZonedDateTime.class, () -> instant().atZone(ZoneId.of("Europe/Vienna")));
    scalars.put(ZoneId.class, () -> ZoneId.of("Asia/Tokyo"));
    scalars.put(Duration.class, () -> Duration.ofSeconds(random.nextInt(), random.nextInt(999)));
    scalars.put(Period.class, () -> Period.of(random.nextInt(9), random.nextInt(9), 1));
  }

  private void put(Class<?> primitive, Class<?> boxed, Supplier<Object> values) {
    scalars.put(primitive, values);
    scalars.put(boxed, values);
  }

  Object record(Class<?> type, int depth) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = value(components[i].getAnnotatedType(), depth + 1);
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private Object value(AnnotatedType annotated, int depth) {
    if (annotated.isAnnotationPresent(Nullable.class) && (depth > 4 || random.nextInt(3) == 0)) {
      return null;
    }
    if (annotated.getType() instanceof ParameterizedType generic) {
      return collection(
          (Class<?>) generic.getRawType(), (AnnotatedParameterizedType) annotated, depth);
    }
    return plain((Class<?>) annotated.getType(), depth);
  }

  private Object collection(Class<?> raw, AnnotatedParameterizedType type, int depth) {
    AnnotatedType[] arguments = type.getAnnotatedActualTypeArguments();
    int size = depth > 4 ? 0 : random.nextInt(5);
    if (raw == Map.class) {
      Map<String, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < size; i++) {
        map.put(text(), value(arguments[1], depth + 1));
      }
      return map;
    }
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      list.add(value(arguments[0], depth + 1));
    }
    return raw == List.class ? list : new LinkedHashSet<>(list);
  }

  private Object plain(Class<?> type, int depth) {
    if (scalars.containsKey(type)) {
      return scalars.get(type).get();
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
    }
    if (type.isSealed()) {
      List<Class<?>> permitted = SealedTypes.concrete(type).toList();
      return plain(permitted.get(random.nextInt(permitted.size())), depth);
    }
    return record(type, depth);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.appendCodePoint("aZ0 \"\\\u00e4\u20ac\n".codePointAt(random.nextInt(9)));
    }
    return text.append(random.nextInt(1000)).toString();
  }

  private Instant instant() {
    // Microseconds are what Avro keeps; the sign is what is easily got wrong.
    return Instant.EPOCH.plusNanos(random.nextLong() / 1000 * 1000);
  }

  private LocalDateTime dateTime() {
    return LocalDateTime.ofInstant(instant(), ZoneOffset.UTC);
  }
}
