package io.millrace.coordinator.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.millrace.coordinator.core.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** Meters of one workflow. Thread-safe. */
final class WorkflowMeters {
  private final Counter started;
  private final Counter redriven;
  private final Counter[] ended;
  private final Timer duration;

  WorkflowMeters(Meters meters, String workflow, TaskLoads loads) {
    String[] tags = {"workflow", workflow};
    started = meters.counter("millrace.runs.started", "Runs that began", tags);
    redriven = meters.counter("millrace.runs.redriven", "Failed runs that go on", tags);
    ended =
        Arrays.stream(Outcome.Status.values())
            .map(
                status ->
                    meters.counter(
                        "millrace.runs.ended",
                        "Runs that have ended, by outcome",
                        "workflow",
                        workflow,
                        "outcome",
                        status.name().toLowerCase(Locale.ROOT)))
            .toArray(Counter[]::new);
    duration = meters.timer("millrace.run", "From a run's start to its end", tags);
    meters.gauge(
        "millrace.runs.open", "", "Runs that have not ended", loads, l -> l.open(workflow), tags);
    meters.gauge(
        "millrace.runs.waiting",
        "",
        "Open runs that go on only if the outside says something",
        loads,
        l -> l.runsWaiting(workflow),
        tags);
  }

  void started() {
    started.increment();
  }

  void redriven() {
    redriven.increment();
  }

  void ended(Outcome outcome) {
    ended[outcome.status().ordinal()].increment();
    duration.record(Duration.between(outcome.startedAt(), outcome.endedAt()));
  }
}
