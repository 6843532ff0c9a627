package io.millrace;

import io.millrace.protocol.OutcomeStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param epoch 1 first; a redrive begins another
 * @param resultType type of the stop event, when COMPLETED
 * @param failedStep when a step is to blame
 * @param failedExecution the execution to blame, which can be redriven
 * @param reason in words; may be empty
 * @param activeSteps steps that were at work when the run ended
 * @param streamed whether the run is known to have (had) a stream topic; steps that were at work
 *     when it ended may have streamed, too
 * @param state the keys that the outcome carries
 */
public record OutcomeSummary(
    OutcomeStatus status,
    int epoch,
    Optional<String> resultType,
    Optional<String> failedStep,
    Optional<String> failedExecution,
    String reason,
    List<String> activeSteps,
    List<BufferState> buffers,
    Instant startedAt,
    Instant endedAt,
    boolean streamed,
    OutcomeState state) {
  public OutcomeSummary {
    activeSteps = List.copyOf(activeSteps);
    buffers = List.copyOf(buffers);
  }
}
