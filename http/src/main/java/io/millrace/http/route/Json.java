package io.millrace.http.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;

/** The API's JSON: instants and durations as ISO-8601 text, what is absent left out. */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          // 1.0 stays what it is: in a union of int and double it is a double.
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .defaultPropertyInclusion(
              com.fasterxml.jackson.annotation.JsonInclude.Value.construct(
                  com.fasterxml.jackson.annotation.JsonInclude.Include.NON_ABSENT,
                  com.fasterxml.jackson.annotation.JsonInclude.Include.ALWAYS))
          .build();

  private Json() {}

  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write as JSON: a " + value.getClass().getName(), e);
    }
  }

  /** What is not optional must be there. */
  private static void requireAll(Object record) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        if (accessor.invoke(record) == null) {
          throw new ProblemException(
              ProblemKind.BAD_REQUEST, "field '" + component.getName() + "' is missing");
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a record cannot be read: " + record.getClass(), e);
      }
    }
  }

  /** What {@link #bytes} writes, as a tree. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** JSON that this system has written itself. */
  public static JsonNode tree(String own) {
    return own(own, JsonNode.class);
  }

  /** JSON that this system has written itself. */
  public static <T> T own(String own, Class<T> type) {
    try {
      return MAPPER.readValue(own, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("own JSON is no " + type.getSimpleName(), e);
    }
  }

  /**
   * What a caller has sent.
   *
   * @throws ProblemException if it is no JSON, or does not fit; names the field
   */
  public static <T> T read(byte[] body, Class<T> type) {
    try {
      T value = MAPPER.readValue(body, type);
      if (value == null) {
        throw new ProblemException(ProblemKind.BAD_REQUEST, "the body must be a JSON object");
      }
      requireAll(value);
      return value;
    } catch (JsonMappingException e) {
      throw new ProblemException(ProblemKind.BAD_REQUEST, JsonComplaint.of(e));
    } catch (IOException e) {
      throw new ProblemException(
          ProblemKind.BAD_REQUEST,
          "the body is not JSON: "
              + (e instanceof JsonProcessingException json
                  ? json.getOriginalMessage()
                  : e.getMessage()));
    }
  }
}
