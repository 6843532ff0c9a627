package io.millrace.local;

import io.millrace.InvalidStartException;
import io.millrace.StartOptions;
import io.millrace.Workflow;
import io.millrace.client.EventValues;
import io.millrace.client.Refusals;
import io.millrace.client.RequestBodies;
import io.millrace.coordinator.core.Limits;
import io.millrace.event.EventCodec;
import io.millrace.event.EventCodecs;
import io.millrace.event.EventType;
import io.millrace.event.InMemorySchemas;
import io.millrace.local.inline.CoreCoordinator;
import io.millrace.local.inline.InlineCoordinator;
import io.millrace.local.inline.InlineEngine;
import io.millrace.local.inline.Schedule;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.Refused;
import io.millrace.protocol.Reply;
import io.millrace.serde.SchemaIds;
import io.millrace.step.StepDefinition;
import io.millrace.step.StepDefinitions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Runs all steps of a workflow on the thread that asks, with the coordinator's own rules but
 * without Kafka, for tests of how steps work together.
 *
 * <pre>{@code
 * LocalWorkflow<Ask, Answer> rag =
 *     LocalWorkflow.of(Workflow.of("rag", Ask.class, Answer.class), new Plan(), new Synthesize());
 * Answer answer = rag.start(new Ask("Who built the mill?")).result();
 * }</pre>
 *
 * Everything happens in the order in which it was asked for, one thing at a time, so two runs of a
 * test are alike. Time is virtual: it begins at a fixed instant and passes only in {@link #advance}
 * and where {@link LocalRun#result} has nothing to do but to wait. So a retry in an hour and a
 * timeout of a week take no time. Only the timeout of a step is measured on the machine's clock,
 * because it is the step's code that takes the time.
 *
 * <p>Events are encoded and decoded on every way, as between processes; a step sees what it would
 * see from a worker. What this cannot show is several attempts at the same moment.
 *
 * <p>Not thread-safe.
 *
 * @param <I> start event
 * @param <O> stop event
 */
public final class LocalWorkflow<I, O> {
  static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  static final Namespace NAMESPACE = new Namespace("local");

  private final String name;
  private final Class<O> stopType;
  private final InlineEngine engine;
  private final EventValues values;
  private int runs;

  LocalWorkflow(
      Workflow<I, O> workflow, List<?> steps, InlineCoordinator coordinator, Schedule schedule) {
    this.name = workflow.name();
    this.stopType = workflow.stopType();
    InMemorySchemas schemas = new InMemorySchemas();
    EventCodec codec = EventCodecs.over(schemas, Map.of(), NAMESPACE);
    this.values =
        new EventValues(codec, schemas, new SchemaIds(schemas, Map.of(), false), NAMESPACE);
    this.engine = new InlineEngine(name, NAMESPACE, codec, BEGIN, coordinator, schedule);
    steps.forEach(this::deploy);
  }

  /**
   * A workflow of these steps. One that a coordinator would not start is not started here either.
   *
   * @param steps objects with {@link io.millrace.Step} methods, or {@link StepDefinition}s
   * @throws io.millrace.step.InvalidStepException naming everything that is wrong with a step
   */
  public static <I, O> LocalWorkflow<I, O> of(Workflow<I, O> workflow, Object... steps) {
    return of(workflow, List.of(steps), true);
  }

  /**
   * As {@link #of(Workflow, Object...)}, for some steps of a workflow whose others are not there:
   * its runs start although the workflow is not sound without them.
   */
  public static <I, O> LocalWorkflow<I, O> ofPart(Workflow<I, O> workflow, Object... steps) {
    return of(workflow, List.of(steps), false);
  }

  private static <I, O> LocalWorkflow<I, O> of(
      Workflow<I, O> workflow, List<?> steps, boolean soundOnly) {
    CoreCoordinator coordinator = new CoreCoordinator(NAMESPACE, Limits.ofDefaults(), soundOnly);
    return new LocalWorkflow<>(workflow, steps, coordinator, Schedule.inOrder());
  }

  /** As {@link #of(Workflow, Object...)}, for any start event and any stop event of the steps. */
  public static LocalWorkflow<Object, Object> of(String workflow, Object... steps) {
    return of(Workflow.of(workflow, Object.class, Object.class), steps);
  }

  InlineEngine engine() {
    return engine;
  }

  /**
   * Adds steps, as if they were deployed now; one of a name that is there already takes over from
   * it.
   *
   * @throws io.millrace.worker.StepConflictException if two of one name differ in what they accept,
   *     emit or are called with
   */
  public void deploy(Object... steps) {
    for (Object step : steps) {
      List<StepDefinition> definitions =
          step instanceof StepDefinition built ? List.of(built) : StepDefinitions.of(step);
      definitions.forEach(engine::deploy);
    }
  }

  /** As {@link #start(Object, StartOptions)}, with defaults; run ids are run-1, run-2 and so on. */
  public LocalRun<O> start(I event) {
    return start(event, StartOptions.ofDefaults());
  }

  /**
   * Starts a run; none of its steps has been called when this returns. Starting an id that exists,
   * with the same event, gives the run that is there.
   *
   * @throws InvalidStartException if the event cannot begin a run of this workflow
   * @throws io.millrace.InvalidWorkflowException naming all that is wrong with the workflow (S9)
   * @throws io.millrace.RunIdTakenException if the id belongs to another start
   */
  public LocalRun<O> start(I event, StartOptions options) {
    EventType type = values.typeOf(event.getClass());
    if (type.kind() != EventKind.START) {
      throw new InvalidStartException(
          "a " + type.name() + " cannot begin a run; start events implement StartEvent", List.of());
    }
    String runId = options.runId().orElseGet(() -> "run-" + ++runs);
    byte[] value = values.encode(event, name);
    Reply reply =
        engine.ask(
            runId, info -> RequestBodies.start(info, runId, name, type.name(), value, options));
    if (reply.getAnswer() instanceof Refused refused) {
      throw Refusals.exception(runId, refused);
    }
    return new LocalRun<>(engine, values, name, runId, stopType);
  }

  /**
   * A run that was started before.
   *
   * @throws io.millrace.UnknownRunException if there is no such run
   */
  public LocalRun<O> attach(String runId) {
    LocalRun<O> run = new LocalRun<>(engine, values, name, Namespace.checkRunId(runId), stopType);
    return run.atEpoch(run.inspect().epoch());
  }

  /**
   * Lets time pass. Whatever is due on the way happens at its time: retries, timeouts, and what
   * they lead to.
   */
  public void advance(Duration time) {
    engine.advance(time);
  }

  /** What the clock of this workflow shows. */
  public Instant now() {
    return engine.now();
  }
}
