package io.millrace.step;

import io.millrace.event.EventType;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.TaskSourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A step, read once from its annotations ({@link StepDefinitions}) or built ({@link #named}).
 * Immutable.
 *
 * @param input what it is called with
 * @param accepts of a join the types that it is made of, each once
 * @param emits what it returns or sends, as far as declared
 * @param fanOuts those of {@code emits} that it returns in a list
 * @param waitsFor what it may wait for in the middle of an attempt
 * @param concurrency attempts at once in one worker process
 * @param maxOpenPerRun executions that one run has dispatched at once, over all workers (S7)
 * @param maxLost workers that may be lost with one attempt (E3)
 * @param timeout of one attempt
 * @param usesContext the method takes a {@link io.millrace.RunContext}; otherwise no state is sent
 *     to it
 * @param reads state keys that attempts are sent; empty optional: all
 */
public record StepDefinition(
    String name,
    StepInput input,
    List<EventType> accepts,
    List<EventType> emits,
    List<EventType> fanOuts,
    List<EventType> streams,
    List<EventType> waitsFor,
    int concurrency,
    int maxOpenPerRun,
    int maxLost,
    Optional<Duration> timeout,
    RetryPolicy retry,
    boolean usesContext,
    Optional<List<String>> reads,
    TaskSourceKind taskSource,
    StepFunction function) {
  /** Attempts at once in one worker process, unless said otherwise. */
  public static final int DEFAULT_CONCURRENCY = 16;

  /** Executions that one run has dispatched at once, unless said otherwise (S7). */
  public static final int DEFAULT_MAX_OPEN_PER_RUN = 256;

  /** Workers that may be lost with one attempt, unless said otherwise (E3). */
  public static final int DEFAULT_MAX_LOST = 5;

  public StepDefinition {
    Namespace.checkStep(name);
    accepts = List.copyOf(accepts);
    emits = List.copyOf(emits);
    fanOuts = List.copyOf(fanOuts);
    waitsFor = List.copyOf(waitsFor);
    streams = List.copyOf(streams);
    reads = reads.map(List::copyOf);
    if (accepts.isEmpty()) {
      throw new IllegalArgumentException("step " + name + " accepts no event");
    }
    for (EventType type : accepts) {
      if (type.kind() == EventKind.STOP) {
        throw new IllegalArgumentException(
            "step %s accepts %s, a stop event; it ends the run, so no step can follow it"
                .formatted(name, type.name()));
      }
    }
    if (input instanceof StepInput.Failure failure && failure.steps().contains(name)) {
      throw new IllegalArgumentException("step " + name + " handles its own failures");
    }
    atLeastOne(name, "concurrency", concurrency);
    atLeastOne(name, "maxOpenPerRun", maxOpenPerRun);
    atLeastOne(name, "maxLost", maxLost);
    if (timeout.isPresent() && (timeout.get().isNegative() || timeout.get().isZero())) {
      throw new IllegalArgumentException(
          "step %s has timeout %s; leave it out for none".formatted(name, timeout.get()));
    }
    if (!usesContext && reads.isPresent()) {
      throw new IllegalArgumentException(
          "step %s declares what state it reads but takes no RunContext to read it with"
              .formatted(name));
    }
  }

  private static void atLeastOne(String step, String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "step %s has %s %d; the least is 1".formatted(step, what, value));
    }
  }

  /** Begins a step without annotations. */
  public static StepBuilder named(String name) {
    return new StepBuilder(name);
  }

  /** The same step, taking its work from another kind of source. */
  public StepDefinition withTaskSource(TaskSourceKind source) {
    return new StepBuilder(this).taskSource(source).build(function);
  }

  /** The same step with so many attempts at once in one worker process. */
  public StepDefinition withConcurrency(int attempts) {
    return new StepBuilder(this).concurrency(attempts).build(function);
  }

  /** The same step with so many executions of one run dispatched at once. */
  public StepDefinition withMaxOpenPerRun(int most) {
    return new StepBuilder(this).maxOpenPerRun(most).build(function);
  }

  /** The same step with other code. */
  public StepDefinition withFunction(StepFunction code) {
    return new StepBuilder(this).build(code);
  }
}
