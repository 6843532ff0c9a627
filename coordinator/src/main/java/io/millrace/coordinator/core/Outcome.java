package io.millrace.coordinator.core;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run's final fact. */
public record Outcome(
    String runId,
    String workflow,
    int epoch,
    Status status,
    @Nullable Event result,
    @Nullable Failure failure,
    String reason,
    List<String> activeSteps,
    List<BufferDiagnosis> buffers,
    Instant startedAt,
    Instant endedAt,
    boolean streamed,
    Map<String, StateValue> state) {
  public enum Status {
    COMPLETED,
    FAILED,
    CANCELLED,
    TIMED_OUT,
    STALLED
  }

  /** A step that was at work when the run ended may have streamed without having said so. */
  boolean mayHaveStreamed() {
    return streamed || !activeSteps.isEmpty();
  }

  /** {@code step} is empty when no step is to blame. */
  public record Failure(String step, String executionId, ErrorInfo error, int attempts) {}

  /** What a buffer holds and what it still lacks, by event type. */
  public record BufferDiagnosis(
      String step, String bufferId, Map<String, Integer> holds, Map<String, Integer> lacks) {}
}
