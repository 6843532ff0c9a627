package io.millrace.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.http.openapi.Doc;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs as the API shows them. */
final class RunViews {
  private RunViews() {}

  @Doc("Some runs, newest first.")
  record RunList(
      List<RunSummary> runs,
      @Doc("Goes on where this page ends, as parameter 'cursor'; absent: this is the last.")
          Optional<String> next) {}

  record RunSummary(
      String runId,
      String workflow,
      RunStatus status,
      @Doc("1 first; a redrive begins another.") int epoch,
      Instant startedAt,
      Optional<Instant> endedAt) {}

  @Doc("What the coordinator knows of a run at one moment.")
  record RunDetail(
      String runId,
      String workflow,
      RunStatus status,
      @Doc("1 first; a redrive begins another.") int epoch,
      Instant startedAt,
      Optional<Instant> endedAt,
      @Doc("What is open.") List<ExecutionView> executions,
      @Doc("What collected events wait for.") List<BufferView> buffers,
      @Doc("Steps that wait for an event from outside.") List<WaiterView> waiters,
      @Doc("Questions that nobody has answered yet.") List<PromptView> prompts,
      List<String> stateKeys,
      @Doc("Types of events that no step accepts yet.") List<String> parked,
      @Doc("What happened, oldest first, bounded.") List<TimelineEntry> timeline,
      @Doc("Of some list there is more: the first thousand of each are told.") boolean truncated,
      Optional<OutcomeView> outcome) {}

  record ExecutionView(
      String executionId,
      String step,
      String eventType,
      int attempt,
      @Doc(
              value =
                  "QUEUED: waits for its turn; DISPATCHED: sent out, not adopted yet; RUNNING:"
                      + " adopted by a worker; RETRYING: between two attempts; SUSPENDED: waits for"
                      + " an event; CONTENDING: lost the race of an update, waits to begin anew;"
                      + " FROZEN: was open when the run ended.",
              oneOf = {
                "QUEUED",
                "DISPATCHED",
                "RUNNING",
                "RETRYING",
                "SUSPENDED",
                "CONTENDING",
                "FROZEN"
              })
          String phase,
      @Doc("Who has it, when it is RUNNING.") Optional<String> worker,
      Instant since) {}

  record BufferView(
      String step,
      String bufferId,
      @Doc("Event type to number held.") Map<String, Integer> holds,
      @Doc("Event type to number lacking.") Map<String, Integer> lacks) {}

  record WaiterView(String waiterId, String step, String eventType, Instant since) {}

  record PromptView(
      @Doc("What a response names as inReplyTo.") String eventId,
      String eventType,
      Instant since) {}

  record TimelineEntry(
      Instant at,
      @Doc(
              value = "What the entry is about.",
              oneOf = {"started", "note", "execution", "waiter", "prompt", "ended"})
          String what,
      String text) {}

  @Doc("How a run ended.")
  record OutcomeView(
      String runId,
      String workflow,
      OutcomeStatus status,
      int epoch,
      Instant startedAt,
      Instant endedAt,
      Optional<String> reason,
      @Doc("Type of the stop event, when COMPLETED.") Optional<String> type,
      @Doc("The stop event, when COMPLETED.") Optional<Object> result,
      @Doc("When FAILED.") Optional<FailureView> failure,
      @Doc("Steps that were at work when the run ended.") Optional<List<String>> activeSteps,
      @Doc("Why it stalled: what is held and what is lacking.") Optional<List<BufferView>> buffers,
      @Doc("The state keys that the start named for the outcome.")
          Optional<Map<String, JsonNode>> state) {}

  record FailureView(
      @Doc("Empty when no step is to blame.") String step,
      @Doc("Can be redriven.") String executionId,
      String type,
      String message,
      String stack,
      int attempts) {}

  @Doc("A run that has not ended yet.")
  record NotEnded(String runId, String workflow, RunStatus status) {}

  @Doc("A run that was started, or was there already.")
  record StartedRun(
      String runId,
      String workflow,
      @Doc("Path of the run.") String run,
      @Doc("Path of its stream.") String stream) {}
}
