package io.millrace.coordinator.core;

import java.time.Duration;

/**
 * Bounds that the core enforces by name (R10), and the times it works with.
 *
 * @param grace how long an event without a step, a start of an unknown workflow or a quiescent run
 *     waits for its verdict (law 14)
 * @param runRetention how long a finished run answers (R9)
 * @param streamRetention how long a finished run's stream topic lives (O4)
 * @param maxEventBytes of one event's value
 * @param maxStateBytes of one run's state
 * @param maxOpenExecutions of one run
 * @param maxEffects of one completion
 * @param maxSetSize events in one collected set
 * @param maxStreamEvents that the steps of one run write to its stream
 * @param maxEarlyEvents that one run keeps for waiters that are yet to come (W5)
 */
public record Limits(
    Duration grace,
    Duration runRetention,
    Duration streamRetention,
    int maxEventBytes,
    long maxStateBytes,
    int maxOpenExecutions,
    int maxEffects,
    int maxSetSize,
    long maxStreamEvents,
    int maxEarlyEvents) {
  public static Limits ofDefaults() {
    return new Limits(
        Duration.ofSeconds(30),
        Duration.ofDays(7),
        Duration.ofHours(24),
        900_000,
        4_000_000,
        20_000,
        20_000,
        20_000,
        1_000_000,
        1_000);
  }
}
