package io.millrace.coordinator.core;

/** What the publisher puts on the run's stream (law 10). Ids are deterministic. */
final class Facts {
  private final LiveRun run;

  Facts(LiveRun run) {
    this.run = run;
  }

  void prompt(Event prompt, String step) {
    run.streamed = true;
    publish("prompt/" + prompt.id(), new RunEffect.Fact.Prompt(prompt, step), true);
  }

  /**
   * Something that went another way than the author may expect. Seen by those who asked for it, and
   * on a stream that exists anyway; it makes no topic of its own unless asked for.
   */
  void notable(
      RunEffect.InternalKind kind, String step, String executionId, int attempt, String message) {
    if (run.settings.internalEvents() || run.streamed) {
      internal(kind, step, executionId, attempt, message);
    }
  }

  /** An ordinary step of the machinery: seen only by those who asked for it. */
  void ordinary(RunEffect.InternalKind kind, Entry.OpenExecution execution) {
    if (run.settings.internalEvents()) {
      internal(kind, execution.step(), execution.id(), execution.attempt(), "");
    }
  }

  /** Only where there can be a stream: any other reader ends by the outcome itself (law 11). */
  void terminal(Outcome outcome) {
    if (outcome.mayHaveStreamed()) {
      publish("terminal/" + run.epoch, new RunEffect.Fact.Terminal(outcome), false);
    }
  }

  private void internal(
      RunEffect.InternalKind kind, String step, String executionId, int attempt, String message) {
    boolean create = run.settings.internalEvents();
    run.streamed |= create;
    publish(
        "internal/" + run.next(),
        new RunEffect.Fact.Internal(kind, step, executionId, attempt, message),
        create);
  }

  private void publish(String id, RunEffect.Fact fact, boolean create) {
    run.turn.add(
        new RunEffect.Publish(
            run.turn.runId(), run.settings.workflow(), run.epoch, id, run.now(), fact, create));
  }
}
