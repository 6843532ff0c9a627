package io.millrace.coordinator.metrics;

import io.micrometer.core.instrument.Counter;
import io.millrace.coordinator.core.Token;

/** Meters of one step. Thread-safe. */
final class StepMeters {
  private final Counter first;
  private final Counter retry;
  private final Counter again;
  private final Counter recovery;
  private final Counter deadLetters;

  StepMeters(Meters meters, StepName name, TaskLoads loads) {
    String[] tags = {"workflow", name.workflow(), "step", name.step()};
    first = dispatches(meters, name, "first");
    retry = dispatches(meters, name, "retry");
    again = dispatches(meters, name, "again");
    recovery = dispatches(meters, name, "recovery");
    deadLetters =
        meters.counter("millrace.dead.letters", "Executions that became dead letters", tags);
    meters.gauge(
        "millrace.step.backlog",
        "",
        "Executions that were dispatched and that nobody has ended or adopted yet",
        loads,
        all -> all.waiting(name),
        tags);
    meters.gauge(
        "millrace.step.backlog.oldest",
        "seconds",
        "Since when the oldest of the backlog waits",
        loads,
        all -> all.oldestSeconds(name),
        tags);
    meters.gauge(
        "millrace.step.running",
        "",
        "Executions that workers have adopted",
        loads,
        all -> all.running(name),
        tags);
  }

  private static Counter dispatches(Meters meters, StepName name, String cause) {
    return meters.counter(
        "millrace.dispatches",
        "Executions that were sent to workers, by why",
        "workflow",
        name.workflow(),
        "step",
        name.step(),
        "cause",
        cause);
  }

  /**
   * @param recovering what was sent before is lost
   */
  void dispatched(Token token, boolean recovering) {
    Counter counter;
    if (recovering) {
      counter = recovery;
    } else if (token.attempt() > 1) {
      counter = retry;
    } else {
      counter = token.round() > 0 ? again : first;
    }
    counter.increment();
  }

  void deadLetter() {
    deadLetters.increment();
  }
}
