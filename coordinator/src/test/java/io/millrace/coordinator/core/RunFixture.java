package io.millrace.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Dispatch;
import io.millrace.coordinator.core.RunEffect.Reply;
import io.millrace.coordinator.core.RunEffect.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One run on the core, on virtual time. Kinds of events follow from the names of their types. */
public final class RunFixture {
  static final String RUN = "run-1";
  static final ErrorInfo BOOM = new ErrorInfo("Boom", "it broke", "");

  final MemoryRunStore store = new MemoryRunStore(RUN);
  Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final @Nullable Exercised exercised;
  private WorkflowGraph graph;
  private Limits limits = Limits.ofDefaults();
  private List<StepSpec> steps;
  private boolean soundOnly;
  private long offset;
  private int events;
  private int requests;

  RunFixture(@Nullable Exercised exercised, StepBuilder... steps) {
    this.exercised = exercised;
    this.steps = Arrays.stream(steps).map(StepBuilder::build).toList();
    this.graph = WorkflowGraph.of(this.steps, limits);
  }

  /** Starts only sound workflows. */
  RunFixture soundOnly() {
    soundOnly = true;
    return limits(limits);
  }

  RunFixture limits(Limits limits) {
    this.limits = limits;
    graph = WorkflowGraph.of(steps, limits, soundOnly);
    return this;
  }

  void deploy(StepBuilder... added) {
    List<StepSpec> all = new ArrayList<>(steps);
    Arrays.stream(added).map(StepBuilder::build).forEach(all::add);
    steps = all;
    graph = WorkflowGraph.of(steps, limits, soundOnly);
  }

  WorkflowGraph graph() {
    return graph;
  }

  public static EventKind kindOf(String type) {
    return switch (type) {
      case "Begin", "OtherBegin" -> EventKind.START;
      case "Done" -> EventKind.STOP;
      case "Ask", "AskMore" -> EventKind.INPUT_REQUIRED;
      case "Reply" -> EventKind.HUMAN_RESPONSE;
      default -> EventKind.EVENT;
    };
  }

  static Event event(String id, String type) {
    Bytes value = Bytes.wrap(("value of " + id).getBytes(StandardCharsets.UTF_8));
    return new Event(id, type, kindOf(type), value, null);
  }

  static Event big(String type, int bytes) {
    return new Event("big", type, kindOf(type), Bytes.wrap(new byte[bytes]), null);
  }

  Event event(String type) {
    return event(type + "-" + events++, type);
  }

  Event answerTo(String promptId) {
    Event plain = event("Reply");
    return new Event(plain.id(), plain.type(), plain.kind(), plain.value(), promptId);
  }

  Request request() {
    return new Request("request-" + requests++, 0);
  }

  List<RunEffect> apply(RunInput input) {
    if (exercised != null) {
      exercised.add(store.state(), input);
    }
    List<RunEffect> effects = RunCore.apply(graph, store, input, new Arrival(offset++, now));
    store.commit();
    return effects;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  RunInput.StartRun startInput() {
    return startInput(null, false);
  }

  RunInput.StartRun startInput(@Nullable Duration timeout, boolean internalEvents) {
    return new RunInput.StartRun(
        request(),
        StepBuilder.WORKFLOW,
        event("start", "Begin"),
        timeout,
        true,
        internalEvents,
        Map.of(),
        List.of("total"));
  }

  List<RunEffect> start() {
    return apply(startInput());
  }

  static StepEffect emit(String type) {
    return new StepEffect.Emit(event("same-id", type), null, false);
  }

  static StepEffect emit(String type, String toStep) {
    return new StepEffect.Emit(event("same-id", type), toStep, false);
  }

  static StepEffect collect(String... types) {
    return new StepEffect.Collect("default", runs(types), null, false);
  }

  static StepEffect collected(String... types) {
    return new StepEffect.Collect("default", runs(types), null, true);
  }

  public static List<StepEffect.TypeRun> runs(String... types) {
    return Arrays.stream(types).map(type -> new StepEffect.TypeRun(type, 1)).toList();
  }

  static RunInput.StepCompleted completed(Token token, StepEffect... effects) {
    return new RunInput.StepCompleted(token, "w", "w-1", 0, 0, List.of(effects), 0);
  }

  List<RunEffect> complete(Target target, StepEffect... effects) {
    return apply(completed(target.token(), effects));
  }

  static RunInput.StepFailed failure(Target target, boolean retryable) {
    return failure(target, RunInput.FailureKind.EXCEPTION, retryable);
  }

  static RunInput.StepFailed failure(Target target, RunInput.FailureKind kind, boolean retryable) {
    return new RunInput.StepFailed(target.token(), "w", "w-1", kind, BOOM, retryable, 0);
  }

  static RunInput.StepStarted adoption(Target target, String worker) {
    return new RunInput.StepStarted(target.token(), worker, worker + "-1");
  }

  static RunInput.StepSuspended suspension(Target target, @Nullable Event prompt) {
    return new RunInput.StepSuspended(
        target.token(), "w", "w-1", "w0", "Reply", Map.of(), Duration.ofHours(1), prompt, 0);
  }

  RunInput.ExternalEvent external(Event event) {
    return new RunInput.ExternalEvent(request(), event, null);
  }

  RunInput.WorkerLost lost(Target target, @Nullable String worker) {
    long sequence = execution(target).sequence();
    return new RunInput.WorkerLost(target.token(), sequence, worker, "silent");
  }

  RunInput.DispatchFailed dispatchFailed(Target target) {
    return new RunInput.DispatchFailed(target.token(), execution(target).sequence(), BOOM);
  }

  Entry.OpenExecution execution(Target target) {
    return there(store.get(Keys.execution(target.token().executionId())));
  }

  static <T> T there(@Nullable T value) {
    assertThat(value).isNotNull();
    return Objects.requireNonNull(value);
  }

  boolean ticks(String timer) {
    return store.get(Keys.timer(timer)) != null;
  }

  Entry.Timer timer(String id) {
    assertThat(ticks(id)).as("timer %s is set", id).isTrue();
    return there(store.get(Keys.timer(id)));
  }

  RunInput.TimerFired firing(String id) {
    return new RunInput.TimerFired(id, timer(id).generation());
  }

  /** Lets time pass until the timer is due, and fires it. */
  List<RunEffect> fire(String id) {
    Instant due = timer(id).due();
    if (due.isAfter(now)) {
      now = due;
    }
    return apply(firing(id));
  }

  /** Fires the grace timer for as long as there is one. */
  List<RunEffect> fireGraceOut() {
    List<RunEffect> effects = new ArrayList<>();
    for (int i = 0; i < 100 && ticks(Grace.GRACE); i++) {
      effects.addAll(fire(Grace.GRACE));
    }
    return effects;
  }

  static <T extends RunEffect> List<T> only(List<RunEffect> effects, Class<T> kind) {
    return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  static List<Dispatch> dispatches(List<RunEffect> effects) {
    return only(effects, Dispatch.class);
  }

  static List<Target> targets(List<RunEffect> effects) {
    return only(effects, Dispatch.class).stream().flatMap(d -> d.targets().stream()).toList();
  }

  static Target target(List<RunEffect> effects, String step) {
    List<Target> found = targets(effects).stream().filter(t -> t.step().equals(step)).toList();
    assertThat(found).as("dispatches to %s in %s", step, effects).hasSize(1);
    return found.get(0);
  }

  static Reply reply(List<RunEffect> effects) {
    List<Reply> replies = only(effects, Reply.class);
    assertThat(replies).as("replies in %s", effects).hasSize(1);
    return replies.get(0);
  }

  static Answer.Code refusal(List<RunEffect> effects) {
    Answer answer = reply(effects).answer();
    assertThat(answer).isInstanceOf(Answer.Refused.class);
    return ((Answer.Refused) answer).code();
  }

  static RunEffect.Reason reason(List<RunEffect> effects) {
    List<RunEffect.Disregard> found = only(effects, RunEffect.Disregard.class);
    assertThat(found).as("disregards in %s", effects).hasSize(1);
    return found.get(0).reason();
  }

  static List<RunEffect.InternalKind> internals(List<RunEffect> effects) {
    return only(effects, RunEffect.Publish.class).stream()
        .map(RunEffect.Publish::fact)
        .filter(RunEffect.Fact.Internal.class::isInstance)
        .map(fact -> ((RunEffect.Fact.Internal) fact).kind())
        .toList();
  }

  Answer.Snapshot inspect() {
    List<RunEffect> effects =
        RunCore.apply(graph, store, new RunInput.InspectRun(request()), new Arrival(offset++, now));
    return (Answer.Snapshot) reply(effects).answer();
  }

  Outcome outcome() {
    assertThat(store.state()).isInstanceOf(RunState.Finished.class);
    return ((RunState.Finished) store.state()).outcome();
  }

  ErrorInfo error() {
    return there(outcome().failure()).error();
  }

  RunState.Running running() {
    assertThat(store.state()).isInstanceOf(RunState.Running.class);
    return (RunState.Running) store.state();
  }
}
