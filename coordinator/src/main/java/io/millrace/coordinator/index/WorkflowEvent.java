package io.millrace.coordinator.index;

import io.millrace.protocol.EventKind;

/**
 * An event type that a step declares.
 *
 * @param schema Avro, as JSON text
 */
public record WorkflowEvent(String type, EventKind kind, String schema) {}
