package io.millrace.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.millrace.StateTypeException;
import io.millrace.protocol.StateValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * State values as the coordinator sees them: whole numbers are longs and others doubles, so that it
 * can add; lists are lists of JSON, so that it can append; everything else is JSON.
 */
public final class StateValues {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          // A reader may be older than the writer.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private StateValues() {}

  /**
   * The value as it is kept under the key.
   *
   * @throws StateTypeException if it cannot be written as JSON
   */
  public static StateValue encode(String key, Object value) {
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      return new StateValue(((Number) value).longValue());
    }
    if (value instanceof Double || value instanceof Float) {
      return new StateValue(((Number) value).doubleValue());
    }
    if (value instanceof List<?> list) {
      List<ByteBuffer> elements = new ArrayList<>(list.size());
      for (Object element : list) {
        elements.add(json(key, element));
      }
      return new StateValue(elements);
    }
    return new StateValue(json(key, value));
  }

  /**
   * The value as this type.
   *
   * @throws StateTypeException if it is of another
   */
  public static <T> T decode(String key, StateValue value, Class<T> type) {
    JavaType target = JSON.getTypeFactory().constructType(type);
    Object kept = value.getValue();
    try {
      if (kept instanceof ByteBuffer bytes) {
        T read = JSON.readValue(array(bytes), target);
        if (read != null) {
          return read;
        }
      } else if (kept instanceof List<?> elements) {
        List<@Nullable Object> list = new ArrayList<>(elements.size());
        for (Object element : elements) {
          list.add(JSON.readValue(array((ByteBuffer) element), Object.class));
        }
        return JSON.convertValue(list, target);
      } else if (fits((Number) kept, type)) {
        return JSON.convertValue(kept, target);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new StateTypeException(mismatch(key, kept, type), e);
    }
    throw new StateTypeException(mismatch(key, kept, type), null);
  }

  /**
   * The elements of a list, as this type.
   *
   * @throws StateTypeException if the value is no list, or an element is of another type
   */
  public static <T> List<T> decodeList(String key, StateValue value, Class<T> elementType) {
    if (!(value.getValue() instanceof List<?> elements)) {
      throw new StateTypeException(mismatch(key, value.getValue(), List.class), null);
    }
    List<T> list = new ArrayList<>(elements.size());
    for (Object element : elements) {
      list.add(decode("an element of " + key, new StateValue((ByteBuffer) element), elementType));
    }
    return list;
  }

  static ByteBuffer json(String key, @Nullable Object value) {
    if (value == null) {
      throw new StateTypeException(
          "state %s cannot be or contain null; remove it instead".formatted(key), null);
    }
    try {
      return ByteBuffer.wrap(JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new StateTypeException(
          "state %s cannot hold a %s: %s"
              .formatted(key, value.getClass().getName(), e.getOriginalMessage()),
          e);
    }
  }

  /** Numbers become other numbers only if nothing is lost, and text only if asked for text. */
  private static boolean fits(Number kept, Class<?> type) {
    if (kept instanceof Double) {
      return type != long.class
          && type != Long.class
          && type != int.class
          && type != Integer.class
          && type != short.class
          && type != Short.class;
    }
    long whole = kept.longValue();
    return !(type == int.class || type == Integer.class) || whole == (int) whole;
  }

  private static String mismatch(String key, Object kept, Class<?> type) {
    String what =
        kept instanceof Long
            ? "a whole number"
            : kept instanceof Double ? "a number" : kept instanceof List ? "a list" : "JSON";
    return "state %s holds %s, which is no %s; read it as the type it was written with"
        .formatted(key, what, type.getName());
  }

  private static byte[] array(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
