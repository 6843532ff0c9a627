package io.millrace.coordinator.core;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a requester is told. A refusal is an answer, never an outcome (law 9). */
public sealed interface Answer {
  record StartAccepted(boolean existing) implements Answer {}

  record EventAccepted(boolean duplicate) implements Answer {}

  record CancelAccepted(boolean finished) implements Answer {}

  record RedriveAccepted(int epoch, int executions) implements Answer {}

  record Refused(Code code, String message) implements Answer {}

  enum Code {
    UNKNOWN_WORKFLOW,
    WRONG_START_TYPE,
    RUN_ID_TAKEN,
    UNKNOWN_RUN,
    RUN_FINISHED,
    UNKNOWN_STEP,
    MALFORMED_REQUEST,
    LIMIT_EXCEEDED,
    NOT_REDRIVABLE,
    INVALID_WORKFLOW
  }

  /**
   * {@code status} as in the protocol's RunStatus; {@code truncated}: of some list there is more.
   */
  record Snapshot(
      String status,
      String workflow,
      int epoch,
      Instant startedAt,
      List<OpenInfo> executions,
      List<Outcome.BufferDiagnosis> buffers,
      List<WaiterInfo> waiters,
      List<PromptInfo> prompts,
      List<String> stateKeys,
      List<String> parked,
      List<String> notes,
      boolean truncated)
      implements Answer {}

  record OpenInfo(
      String executionId,
      String step,
      String eventType,
      int attempt,
      int round,
      String phase,
      @Nullable String worker,
      Instant since) {}

  record WaiterInfo(String waiterId, String step, String eventType, Instant since) {}

  record PromptInfo(String eventId, String eventType, Instant since) {}
}
