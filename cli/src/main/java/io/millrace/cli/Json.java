package io.millrace.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.millrace.OutcomeState;
import io.millrace.StreamedEvent;
import java.util.Map;

/** What the command prints for machines: one JSON value a line, instants as ISO-8601 text. */
final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .registerModule(new Jdk8Module())
          .registerModule(
              new SimpleModule()
                  .addSerializer(
                      OutcomeState.class,
                      new StdDelegatingSerializer(OutcomeState.class, new PlainState())))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

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

  /** A small object, in the order of the map. */
  static String object(Map<String, ?> fields) {
    return of(fields);
  }

  /**
   * @throws UsageException if the text is not JSON
   */
  static String checked(String text) {
    return of(parsed(text));
  }

  private static JsonNode parsed(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UsageException("not JSON: " + e.getOriginalMessage() + " in " + text);
    }
  }
}
