package io.millrace.local;

import io.millrace.NotAResultException;
import io.millrace.OutcomeSummary;
import io.millrace.Redriven;
import io.millrace.RunInspection;
import io.millrace.SendOptions;
import io.millrace.StreamOptions;
import io.millrace.StreamedEvent;
import io.millrace.client.EventValues;
import io.millrace.client.Outcomes;
import io.millrace.client.StreamLog;
import io.millrace.event.EventType;
import io.millrace.local.inline.InlineEngine;
import io.millrace.protocol.EventData;
import io.millrace.protocol.RunOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One run of a {@link LocalWorkflow}. Not thread-safe.
 *
 * @param <O> stop event
 */
public final class LocalRun<O> {
  private final InlineEngine engine;
  private final EventValues values;
  private final String workflow;
  private final Class<O> stopType;
  private final LocalRequests requests;
  private int epoch;

  LocalRun(
      InlineEngine engine, EventValues values, String workflow, String runId, Class<O> stopType) {
    this.engine = engine;
    this.values = values;
    this.workflow = workflow;
    this.stopType = stopType;
    this.requests = new LocalRequests(engine, values, workflow, runId);
  }

  /** The same run; a newer epoch than its last outcome's may be at work. */
  LocalRun<O> atEpoch(int current) {
    epoch = current;
    return this;
  }

  public String runId() {
    return requests.runId();
  }

  /**
   * Runs the steps until the run has ended, and lets time pass where it only waits for time.
   *
   * @return the stop event
   * @throws RunWaitsForOutsideException if nothing will happen any more unless somebody sends an
   *     event
   * @throws io.millrace.RunFailedException if the run failed
   * @throws io.millrace.RunTimedOutException if its time was up
   * @throws io.millrace.RunCancelledException if it was cancelled
   * @throws io.millrace.RunStalledException if it stalled
   */
  public O result() {
    drive();
    EventData stop =
        Outcomes.stopEvent(last().orElseThrow(() -> new RunWaitsForOutsideException(inspect())));
    Class<?> type = stopType == Object.class ? engine.eventClass(stop.getType()) : stopType;
    EventType reader =
        values
            .concrete(type, stop.getType())
            .orElseThrow(
                () ->
                    new NotAResultException(
                        "run %s stopped with a %s, which is no %s; name that class in Workflow.of"
                            .formatted(runId(), stop.getType(), stopType.getName())));
    byte[] value = new byte[stop.getValue().remaining()];
    stop.getValue().duplicate().get(value);
    return stopType.cast(values.decode(value, reader));
  }

  /** Runs the steps as {@link #result} does; empty if the run waits for the outside. */
  public Optional<OutcomeSummary> outcome() {
    drive();
    return last().map(Outcomes::summary);
  }

  private void drive() {
    do {
      engine.settle();
    } while (last().isEmpty() && engine.skip(runId()));
  }

  private Optional<RunOutcome> last() {
    return engine.topics().outcomes(runId()).stream()
        .filter(outcome -> outcome.getEpoch() >= epoch)
        .reduce((earlier, later) -> later);
  }

  /**
   * What is on the run's stream so far, decoded as far as the classes are known to the steps. Runs
   * what can be run at this time, but lets no time pass.
   */
  public List<StreamedEvent> streamEvents() {
    return streamEvents(StreamOptions.fromStart());
  }

  /** As {@link #streamEvents()}; {@link StreamOptions#fromNow} yields nothing. */
  public List<StreamedEvent> streamEvents(StreamOptions options) {
    engine.settle();
    List<Class<?>> classes = new ArrayList<>(options.decodeAs());
    classes.addAll(engine.eventClasses());
    StreamOptions known = options.withDecodeAs(classes.toArray(Class<?>[]::new));
    return StreamLog.read(
        runId(), engine.topics().stream(workflow, runId()), last(), known, values);
  }

  /**
   * Sends an event to the run.
   *
   * @return false if an event with this id had been accepted before
   * @throws io.millrace.RunFinishedException if the run has ended
   */
  public boolean sendEvent(Object event) {
    return sendEvent(event, SendOptions.ofDefaults());
  }

  /** As {@link #sendEvent(Object)}. */
  public boolean sendEvent(Object event, SendOptions options) {
    engine.settle();
    return requests.send(event, options);
  }

  /**
   * Cancels the run; idempotent.
   *
   * @return whether it was running
   */
  public boolean cancel() {
    return requests.cancel("");
  }

  /** As {@link #cancel()}, with a reason for the outcome. */
  public boolean cancel(String reason) {
    return requests.cancel(reason);
  }

  /**
   * Goes on with a failed run: all its executions that were open when it failed are dispatched
   * again, with fresh attempts, in a new epoch. From now on this run's result is the new epoch's.
   *
   * @throws io.millrace.NotRedrivableException if the run did not fail, or nothing of it is left to
   *     redrive
   */
  public Redriven redrive() {
    return redrive(Optional.empty());
  }

  /** As {@link #redrive()}, of this execution alone; the others stay as they are. */
  public Redriven redrive(String executionId) {
    return redrive(Optional.of(executionId));
  }

  private Redriven redrive(Optional<String> executionId) {
    Redriven redriven = requests.redrive(executionId);
    epoch = redriven.epoch();
    return redriven;
  }

  /** What the coordinator knows of the run, as of now; runs no step. */
  public RunInspection inspect() {
    return requests.inspect();
  }

  /** As {@link LocalWorkflow#advance}: time passes for all runs of the workflow. */
  public void advance(Duration time) {
    engine.advance(time);
  }
}
