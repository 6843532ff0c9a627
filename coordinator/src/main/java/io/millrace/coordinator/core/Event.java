package io.millrace.coordinator.core;

import org.jspecify.annotations.Nullable;

/**
 * An event as the core sees it.
 *
 * @param id unique within the run, derived from its cause; an external event's sender chooses it
 * @param type exact type, by which it is routed
 * @param value registry wire format, opaque here
 * @param inReplyTo for a human response: the prompt it answers, and no other (law 12)
 */
public record Event(
    String id, String type, EventKind kind, Bytes value, @Nullable String inReplyTo) {}
