package io.millrace.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.OutcomeSummary;
import io.millrace.Redriven;
import io.millrace.RunInspection;
import io.millrace.SendOptions;
import io.millrace.StreamOptions;
import io.millrace.StreamedEvent;
import io.millrace.local.LocalRun;
import io.millrace.local.inline.InlineEngine;
import io.millrace.protocol.Headers;
import io.millrace.protocol.RunOutcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A run on virtual time. */
record VirtualRun(InlineEngine engine, LocalRun<Object> run) implements StagedRun {
  @Override
  public String id() {
    return run.runId();
  }

  @Override
  public <O> O result(Class<O> stopType) {
    return stopType.cast(run.result());
  }

  @Override
  public OutcomeSummary outcome() {
    return run.outcome().orElseThrow(() -> new AssertionError("it waits: " + run.inspect()));
  }

  @Override
  public boolean send(Object event, SendOptions options) {
    return run.sendEvent(event, options);
  }

  @Override
  public boolean cancel(String reason) {
    return run.cancel(reason);
  }

  @Override
  public Redriven redrive() {
    return run.redrive();
  }

  @Override
  public Redriven redrive(String executionId) {
    return run.redrive(executionId);
  }

  @Override
  public RunInspection inspect() {
    return run.inspect();
  }

  @Override
  public RunInspection await(String what, Predicate<RunInspection> condition) {
    RunInspection seen = run.inspect();
    while (!condition.test(seen)) {
      // An answer may be older than what was done until it came.
      boolean quiet = !engine.turn();
      seen = run.inspect();
      if (quiet && !condition.test(seen)) {
        if (!engine.skip(id())) {
          throw new AssertionError(what + ": never, it ends with " + seen);
        }
        seen = run.inspect();
      }
    }
    return seen;
  }

  @Override
  public List<StreamedEvent> stream(StreamOptions options) {
    outcome();
    return run.streamEvents(options);
  }

  @Override
  public List<StreamedEvent> streamed(int events) {
    List<StreamedEvent> seen = run.streamEvents();
    assertThat(seen).as("events on the stream").hasSizeGreaterThanOrEqualTo(events);
    return seen.subList(0, events);
  }

  @Override
  public List<String> deadLetters() {
    engine.settle();
    return engine.topics().deadLetters().stream()
        .filter(letter -> id().equals(letter.key()))
        .map(
            letter ->
                text(letter.headers().get(Headers.STEP))
                    + " "
                    + text(letter.headers().get(Headers.ERROR_TYPE)))
        .toList();
  }

  private static String text(byte @Nullable [] header) {
    return header == null ? "" : new String(header, StandardCharsets.UTF_8);
  }

  /** What holds for every run, whatever happened to it. */
  void checkAfterwards() {
    engine.settle();
    List<Integer> epochs =
        engine.topics().outcomes(id()).stream().map(RunOutcome::getEpoch).toList();
    assertThat(epochs).as("one outcome for each epoch").doesNotHaveDuplicates();
  }
}
