package io.millrace.coordinator.index;

import io.millrace.protocol.RunStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * One run of a list.
 *
 * @param endedAt when it has ended
 */
public record ListedRun(
    String runId,
    String workflow,
    RunStatus status,
    int epoch,
    Instant startedAt,
    Optional<Instant> endedAt) {}
