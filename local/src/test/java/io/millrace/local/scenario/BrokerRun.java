package io.millrace.local.scenario;

import static io.millrace.local.behaviour.Workshop.PATIENCE;

import io.millrace.EventStream;
import io.millrace.OutcomeSummary;
import io.millrace.Redriven;
import io.millrace.RunHandle;
import io.millrace.RunInspection;
import io.millrace.SendOptions;
import io.millrace.StopEvent;
import io.millrace.StreamOptions;
import io.millrace.StreamedEvent;
import io.millrace.Workflow;
import io.millrace.local.behaviour.Workshop;
import io.millrace.protocol.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A run on a real broker. */
record BrokerRun(BrokerHouse house, RunHandle<StopEvent> run) implements StagedRun {
  @Override
  public String id() {
    return run.runId();
  }

  @Override
  public <O> O result(Class<O> stopType) {
    Workflow<Object, O> typed = Workflow.of(run.workflow(), Object.class, stopType);
    return house.client().attach(typed, id()).result(PATIENCE);
  }

  @Override
  public OutcomeSummary outcome() {
    return await("its end", seen -> seen.outcome().isPresent()).outcome().orElseThrow();
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
    return Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .pollInSameThread()
        .until(run::inspect, condition);
  }

  @Override
  public List<StreamedEvent> stream(StreamOptions options) {
    List<StreamedEvent> seen = new ArrayList<>();
    run.streamEvents(options).forEach(seen::add);
    return seen;
  }

  @Override
  public List<StreamedEvent> streamed(int events) {
    List<StreamedEvent> seen = new ArrayList<>();
    try (EventStream.EventIterator reader = run.streamEvents().iterator()) {
      while (seen.size() < events) {
        seen.add(reader.next());
      }
    }
    return seen;
  }

  @Override
  public List<String> deadLetters() {
    Workshop workshop = house.workshop();
    return workshop.ofRun(workshop.namespace().deadLetters(), id()).stream()
        .map(
            letter ->
                Workshop.header(letter, Headers.STEP)
                    + " "
                    + Workshop.header(letter, Headers.ERROR_TYPE))
        .toList();
  }
}
