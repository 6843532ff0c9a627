package io.millrace.event;

import io.millrace.protocol.EventKind;
import org.apache.avro.Schema;

/**
 * An event class, read once.
 *
 * @param name exact type by which events are routed: the simple name
 */
public record EventType(String name, EventKind kind, Class<?> javaClass, Schema schema) {}
