package io.millrace.http.api;

import io.millrace.BufferState;
import io.millrace.OutcomeSummary;
import io.millrace.RunInspection;
import io.millrace.http.api.RunViews.BufferView;
import io.millrace.http.api.RunViews.ExecutionView;
import io.millrace.http.api.RunViews.OutcomeView;
import io.millrace.http.api.RunViews.PromptView;
import io.millrace.http.api.RunViews.RunDetail;
import io.millrace.http.api.RunViews.TimelineEntry;
import io.millrace.http.api.RunViews.WaiterView;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Inspections as the API shows them. */
final class RunDetails {
  private RunDetails() {}

  static RunDetail of(RunInspection run, Optional<OutcomeView> outcome) {
    return new RunDetail(
        run.runId(),
        run.workflow(),
        run.status(),
        run.epoch(),
        run.startedAt(),
        run.outcome().map(OutcomeSummary::endedAt),
        run.executions().stream()
            .map(
                e ->
                    new ExecutionView(
                        e.executionId(),
                        e.step(),
                        e.eventType(),
                        e.attempt(),
                        e.phase(),
                        e.worker(),
                        e.since()))
            .toList(),
        run.buffers().stream().map(RunDetails::buffer).toList(),
        run.waiters().stream()
            .map(w -> new WaiterView(w.waiterId(), w.step(), w.eventType(), w.since()))
            .toList(),
        run.prompts().stream()
            .map(p -> new PromptView(p.eventId(), p.eventType(), p.since()))
            .toList(),
        run.stateKeys(),
        run.parked(),
        timeline(run),
        run.truncated(),
        outcome);
  }

  private static BufferView buffer(BufferState b) {
    return new BufferView(b.step(), b.bufferId(), b.holds(), b.lacks());
  }

  private static List<TimelineEntry> timeline(RunInspection run) {
    List<TimelineEntry> all = new ArrayList<>();
    all.add(new TimelineEntry(run.startedAt(), "started", "run of workflow " + run.workflow()));
    run.notes().forEach(note -> all.add(note(note, run.startedAt())));
    run.executions()
        .forEach(
            e ->
                all.add(
                    new TimelineEntry(
                        e.since(),
                        "execution",
                        "%s of %s, attempt %d, is %s since"
                            .formatted(e.step(), e.eventType(), e.attempt(), e.phase()))));
    run.waiters()
        .forEach(
            w ->
                all.add(
                    new TimelineEntry(
                        w.since(), "waiter", w.step() + " waits for a " + w.eventType())));
    run.prompts()
        .forEach(
            p ->
                all.add(
                    new TimelineEntry(
                        p.since(), "prompt", p.eventType() + " waits for an answer")));
    run.outcome()
        .ifPresent(
            o ->
                all.add(
                    new TimelineEntry(
                        o.endedAt(),
                        "ended",
                        o.reason().isEmpty()
                            ? o.status().name()
                            : o.status() + ": " + o.reason())));
    all.sort(Comparator.comparing(TimelineEntry::at));
    return all;
  }

  /** Notes are told as an instant, a space and a text. */
  private static TimelineEntry note(String note, Instant otherwise) {
    int space = note.indexOf(' ');
    try {
      return new TimelineEntry(
          Instant.parse(note.substring(0, Math.max(0, space))), "note", note.substring(space + 1));
    } catch (DateTimeParseException e) {
      return new TimelineEntry(otherwise, "note", note);
    }
  }
}
