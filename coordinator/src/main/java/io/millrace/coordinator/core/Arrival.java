package io.millrace.coordinator.core;

import java.time.Instant;

/**
 * Where and when an input came in.
 *
 * @param offset on its partition of the run log; part of the root execution's id (law 8)
 * @param at broker append time; the core's only clock
 */
public record Arrival(long offset, Instant at) {}
