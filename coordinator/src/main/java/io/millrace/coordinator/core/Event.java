package io.millrace.coordinator.core;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as the core sees it.
 *
 * @param id unique within the run, derived from its cause; an external event's sender chooses it
 * @param type exact type, by which it is routed
 * @param value registry wire format, opaque here
 * @param inReplyTo for a human response: the prompt it answers, and no other (law 12)
 * @param fields top-level scalar fields as canonical JSON text, as far as the sender told (W4)
 * @param traceparent W3C trace context of what made it, carried along and never looked at; null: it
 *     is not traced
 */
public record Event(
    String id,
    String type,
    EventKind kind,
    Bytes value,
    @Nullable String inReplyTo,
    Map<String, String> fields,
    @Nullable String traceparent) {
  public Event {
    fields = Map.copyOf(fields);
  }

  /** Fields are of no use once it is known who waits for the event. */
  Event withoutFields() {
    return fields.isEmpty()
        ? this
        : new Event(id, type, kind, value, inReplyTo, Map.of(), traceparent);
  }

  /** One that is not traced. */
  public Event(
      String id,
      String type,
      EventKind kind,
      Bytes value,
      @Nullable String inReplyTo,
      Map<String, String> fields) {
    this(id, type, kind, value, inReplyTo, fields, null);
  }

  /** One without fields that is not traced. */
  public Event(String id, String type, EventKind kind, Bytes value, @Nullable String inReplyTo) {
    this(id, type, kind, value, inReplyTo, Map.of());
  }

  /** The same, traced as what made {@code cause}. */
  Event tracedAs(Event cause) {
    return new Event(id, type, kind, value, inReplyTo, fields, cause.traceparent());
  }
}
