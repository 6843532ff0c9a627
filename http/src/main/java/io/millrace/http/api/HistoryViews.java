package io.millrace.http.api;

import io.millrace.coordinator.history.RunHistory;
import io.millrace.http.openapi.Doc;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Histories of runs as the API shows them. */
final class HistoryViews {
  private HistoryViews() {}

  @Doc("What has happened in a run, read again from the run log.")
  record RunHistoryView(
      String runId,
      @Doc("In the order of their first dispatch.") List<PastExecution> executions,
      @Doc("What happened besides, oldest first.") List<Moment> moments,
      @Doc("Why this is not all of it; absent: it is.") Optional<String> gap) {}

  @Doc("One event at one step.")
  record PastExecution(String executionId, String step, String eventType, List<Attempt> attempts) {}

  @Doc("One dispatch of an execution.")
  record Attempt(
      @Doc("First is 1; being invoked again with an answer or a set is no new one.") int attempt,
      Instant dispatchedAt,
      @Doc("When a worker said that it keeps it; absent: it was done at once, or is not begun.")
          Optional<Instant> adoptedAt,
      Optional<String> worker,
      Optional<Instant> endedAt,
      @Doc("Absent: it is still out.") Optional<RunHistory.End> end,
      @Doc("What it waits for, why it was lost, ...") Optional<String> detail,
      @Doc("When FAILED.") Optional<Failure> error,
      @Doc("Event type to number, when COMPLETED.") Map<String, Integer> emitted,
      @Doc("State keys, when COMPLETED.") List<String> wrote,
      @Doc("How many events it wrote to the stream.") int streamed) {}

  record Failure(String type, String message, String stack) {}

  record Moment(
      Instant at,
      RunHistory.Kind kind,
      @Doc("Absent: of the run.") Optional<String> step,
      String text) {}

  static RunHistoryView of(String runId, RunHistory history) {
    return new RunHistoryView(
        runId,
        history.executions().stream()
            .map(
                e ->
                    new PastExecution(
                        e.executionId(),
                        e.step(),
                        e.eventType(),
                        e.attempts().stream().map(HistoryViews::attempt).toList()))
            .toList(),
        history.moments().stream()
            .map(m -> new Moment(m.at(), m.kind(), m.step(), m.text()))
            .toList(),
        history.gap());
  }

  private static Attempt attempt(RunHistory.Attempt a) {
    return new Attempt(
        a.attempt(),
        a.dispatchedAt(),
        a.adoptedAt(),
        a.worker(),
        a.endedAt(),
        a.end(),
        a.detail(),
        a.error().map(e -> new Failure(e.type(), e.message(), e.stack())),
        a.emitted(),
        a.wrote(),
        a.streamed());
  }
}
