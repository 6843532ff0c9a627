package io.millrace.event;

import java.util.Map;

/** Between event objects and registry-framed Avro. Thread-safe. */
public interface EventCodec {
  /**
   * The descriptor of an event class; cached.
   *
   * @throws NotAnEventException if the class is neither a record that implements {@link
   *     io.millrace.Event} nor a generated Avro class, or its components cannot be expressed in
   *     Avro; the message says which
   */
  EventType typeOf(Class<?> eventClass);

  /**
   * Encodes for the topic of this event type in this workflow; the subject is that topic's, for
   * streams as well. Registers or looks up the schema on first use.
   */
  byte[] encode(Object event, String workflow);

  /**
   * Decodes with the writer's schema resolved to {@code reader}'s.
   *
   * @throws UnreadableEventException naming the reason; says whether trying again may help
   *     (registry outage) or not (garbage)
   */
  Object decode(byte[] value, EventType reader);

  /**
   * The top-level scalar fields of an encoded event, as {@link EventFields} tells of them.
   *
   * @throws UnreadableEventException as {@link #decode}
   */
  Map<String, String> fields(byte[] value);
}
