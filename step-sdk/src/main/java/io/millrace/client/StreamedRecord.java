package io.millrace.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.NotThatEventException;
import io.millrace.OutcomeSummary;
import io.millrace.StreamCursor;
import io.millrace.StreamedEvent;
import io.millrace.event.EventType;
import io.millrace.protocol.EventData;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.RunOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * @param bytes of the event, registry wire format; of a terminal one the stop event's, null when
 *     there is none
 * @param decodeAs classes whose events {@link #event} decodes
 */
record StreamedRecord(
    Kind kind,
    String type,
    String runId,
    StreamCursor cursor,
    StreamEntry entry,
    EventKind eventKind,
    byte @Nullable [] bytes,
    @Nullable RunOutcome end,
    List<Class<?>> decodeAs,
    EventValues values)
    implements StreamedEvent {

  @Override
  public Optional<String> eventId() {
    return Optional.of(entry.eventId()).filter(id -> !id.isEmpty());
  }

  @Override
  public String executionId() {
    return entry.executionId();
  }

  @Override
  public String step() {
    return entry.step();
  }

  @Override
  public int attempt() {
    return entry.attempt();
  }

  @Override
  public Instant timestamp() {
    return Instant.ofEpochMilli(entry.timestamp());
  }

  @Override
  public boolean is(Class<?> eventClass) {
    return bytes != null && values.matches(eventClass, type, eventKind);
  }

  @Override
  public <E> E as(Class<E> eventClass) {
    Optional<EventType> reader = values.concrete(eventClass, type);
    if (bytes == null || reader.isEmpty()) {
      throw new NotThatEventException(
          "a streamed " + type + " (" + kind + ") cannot be read as " + eventClass.getName());
    }
    return eventClass.cast(values.decode(bytes, reader.get()));
  }

  @Override
  public Optional<Object> event() {
    if (bytes != null) {
      for (Class<?> candidate : decodeAs) {
        if (values.concrete(candidate, type).isPresent()) {
          return Optional.of(as(candidate));
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public String json() {
    switch (kind) {
      case EVENT:
      case PROMPT:
        return values.toJson(entry.value());
      case TERMINAL:
        return OutcomeJson.write(outcomeOrThrow(), values);
      case INTERNAL:
        return InternalEntries.fact(entry.value()).map(InternalEntries::json).orElse("{}");
      case ATTEMPT_RESTARTED:
        return JsonNodeFactory.instance
            .objectNode()
            .put("executionId", executionId())
            .put("step", step())
            .put("attempt", attempt())
            .toString();
    }
    throw new IllegalStateException("a new kind: " + kind);
  }

  @Override
  public Optional<OutcomeSummary> outcome() {
    return Optional.ofNullable(end).map(Outcomes::summary);
  }

  private RunOutcome outcomeOrThrow() {
    if (end == null) {
      throw new IllegalStateException("a terminal event without an outcome");
    }
    return end;
  }

  @Override
  public String toString() {
    return kind + " " + type + " of run " + runId + (step().isEmpty() ? "" : ", step " + step());
  }

  static byte @Nullable [] resultBytes(RunOutcome outcome) {
    @Nullable EventData result = outcome.getResult();
    if (result == null) {
      return null;
    }
    byte[] bytes = new byte[result.getValue().remaining()];
    result.getValue().duplicate().get(bytes);
    return bytes;
  }
}
