package io.millrace.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.millrace.OutcomeState;
import io.millrace.StreamedEvent;
import io.millrace.coordinator.index.DeadLetter;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the command prints for machines: one JSON value a line, instants as ISO-8601 text. */
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .addModule(
              new SimpleModule()
                  .addSerializer(
                      OutcomeState.class,
                      new StdDelegatingSerializer(OutcomeState.class, new PlainState())))
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .build();

  private Json() {}

  private static final class PlainState extends StdConverter<OutcomeState, Map<String, Object>> {
    @Override
    public Map<String, Object> convert(OutcomeState state) {
      return state.plain();
    }
  }

  static String of(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot print as JSON: " + value, e);
    }
  }

  /** {@code event} holds the event's own fields. */
  static String streamed(StreamedEvent event) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("kind", event.kind().name()).put("type", event.type()).put("runId", event.runId());
    node.put("cursor", event.cursor().toString()).put("timestamp", event.timestamp().toString());
    event.eventId().ifPresent(id -> node.put("eventId", id));
    if (!event.step().isEmpty()) {
      node.put("step", event.step())
          .put("executionId", event.executionId())
          .put("attempt", event.attempt());
    }
    event.outcome().ifPresent(outcome -> node.set("outcome", new POJONode(outcome)));
    String fields = event.json();
    if (!fields.isEmpty()) {
      node.set("event", parsed(fields));
    }
    return of(node);
  }

  /** With the event's own fields as an object. */
  static String letter(DeadLetter letter) {
    ObjectNode node = MAPPER.valueToTree(letter);
    node.remove("event");
    letter.event().ifPresent(fields -> node.set("event", parsed(fields)));
    return of(node);
  }

  /** The components of a record, by name. */
  static Map<String, Object> fields(Object record) {
    return MAPPER.convertValue(record, new TypeReference<LinkedHashMap<String, Object>>() {});
  }

  /** JSON that this system has written itself. */
  static JsonNode tree(String own) {
    return parsed(own);
  }

  /** A small object, in the order of the map. */
  static String object(Map<String, ?> fields) {
    return of(fields);
  }

  /**
   * The same text.
   *
   * @throws UsageException if it is not JSON
   */
  static String checked(String text) {
    parsed(text);
    return text;
  }

  private static JsonNode parsed(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UsageException("not JSON: " + e.getOriginalMessage() + " in " + text);
    }
  }
}
