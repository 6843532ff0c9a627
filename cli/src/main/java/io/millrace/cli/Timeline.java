package io.millrace.cli;

import io.millrace.coordinator.history.RunHistory;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A run's history for a person: a line for each attempt and for each thing besides, in order. */
final class Timeline {
  private record Line(Instant at, String step, String text) {}

  private Timeline() {}

  static void print(RunHistory history, PrintWriter out) {
    List<Line> lines = new ArrayList<>();
    history
        .moments()
        .forEach(
            moment ->
                lines.add(
                    new Line(
                        moment.at(),
                        moment.step().orElse(""),
                        moment.kind() + " " + moment.text())));
    for (RunHistory.Execution execution : history.executions()) {
      for (RunHistory.Attempt attempt : execution.attempts()) {
        lines.add(new Line(attempt.dispatchedAt(), execution.step(), text(execution, attempt)));
      }
    }
    // What happened at one moment stays in the order that it was read in.
    lines.sort(Comparator.comparing(Line::at));
    Table table = new Table("AT", "STEP", "WHAT");
    lines.forEach(
        line ->
            table.row(
                line.at().truncatedTo(ChronoUnit.MILLIS).toString(), line.step(), line.text()));
    table.print(out);
  }

  private static String text(RunHistory.Execution execution, RunHistory.Attempt attempt) {
    StringBuilder text = new StringBuilder();
    text.append(execution.eventType()).append(", attempt ").append(attempt.attempt()).append(": ");
    text.append(attempt.end().map(Enum::name).orElse("still out"));
    attempt
        .endedAt()
        .ifPresent(
            end ->
                text.append(" after ")
                    .append(DurationText.brief(Duration.between(attempt.dispatchedAt(), end))));
    attempt.worker().ifPresent(worker -> text.append(", worker ").append(worker));
    attempt.detail().ifPresent(detail -> text.append(", ").append(detail));
    attempt
        .error()
        .ifPresent(e -> text.append(", ").append(e.type()).append(": ").append(e.message()));
    if (!attempt.emitted().isEmpty()) {
      text.append(", emitted ").append(counts(attempt.emitted()));
    }
    if (!attempt.wrote().isEmpty()) {
      text.append(", wrote ").append(String.join(" ", attempt.wrote()));
    }
    if (attempt.streamed() > 0) {
      text.append(", streamed ").append(attempt.streamed());
    }
    return text.toString();
  }

  private static String counts(Map<String, Integer> events) {
    return events.entrySet().stream()
        .map(e -> e.getValue() == 1 ? e.getKey() : e.getValue() + " " + e.getKey())
        .collect(Collectors.joining(" "));
  }
}
