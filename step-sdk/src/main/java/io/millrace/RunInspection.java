package io.millrace;

import io.millrace.protocol.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the coordinator knows of a run at one moment.
 *
 * @param epoch 1 first; a redrive begins another
 * @param executions open ones
 * @param parked types of events that no step accepts yet
 * @param notes what the run noted, newest last, bounded
 * @param truncated of some list there is more: the first thousand of each are told
 * @param outcome when the run has ended
 */
public record RunInspection(
    String runId,
    String workflow,
    RunStatus status,
    int epoch,
    Instant startedAt,
    List<Execution> executions,
    List<BufferState> buffers,
    List<Waiter> waiters,
    List<Prompt> prompts,
    List<String> stateKeys,
    List<String> parked,
    List<String> notes,
    boolean truncated,
    Optional<OutcomeSummary> outcome) {
  public RunInspection {
    executions = List.copyOf(executions);
    buffers = List.copyOf(buffers);
    waiters = List.copyOf(waiters);
    prompts = List.copyOf(prompts);
    stateKeys = List.copyOf(stateKeys);
    parked = List.copyOf(parked);
    notes = List.copyOf(notes);
  }

  /**
   * @param phase DISPATCHED, RUNNING (adopted), RETRYING, QUEUED, SUSPENDED, CONTENDING (lost the
   *     race of an update) or FROZEN (was open when the run ended)
   * @param worker incarnation, when adopted
   */
  public record Execution(
      String executionId,
      String step,
      String eventType,
      int attempt,
      String phase,
      Optional<String> worker,
      Instant since) {}

  /** A step that waits for an event from outside. */
  public record Waiter(String waiterId, String step, String eventType, Instant since) {}

  /** A question that nobody has answered yet; {@code eventId} is what a response echoes. */
  public record Prompt(String eventId, String eventType, Instant since) {}
}
