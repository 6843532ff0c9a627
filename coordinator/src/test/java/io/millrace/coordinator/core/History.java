package io.millrace.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Target;
import io.millrace.coordinator.core.RunStore.Found;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A made-up life of one run: a random graph, steps that do random things, records that arrive in
 * random order and sometimes twice, workers that get lost. Everything follows from the seed.
 */
final class History {
  private static final int EMISSIONS = 25;

  private final Random random;
  private final RandomGraph made;
  private final WorkflowGraph graph;
  private final MemoryRunStore store = new MemoryRunStore("run");
  private final List<RunInput> inFlight = new ArrayList<>();
  private final Set<String> closed = new HashSet<>();
  private Set<String> open = new HashSet<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long offset;
  private int emitted;
  private int ends;
  private int serial;
  private boolean faults = true;

  History(long seed) {
    random = new Random(seed);
    made = new RandomGraph(random);
    graph = WorkflowGraph.of(made.steps(), Limits.ofDefaults());
  }

  /** From the start to the purge; throws at the first thing that must not be. */
  void live() {
    deliver(start());
    for (int i = 0; i < 120 && store.state() instanceof RunState.Running; i++) {
      step();
    }
    faults = false;
    emitted = EMISSIONS;
    for (int i = 0; store.state() instanceof RunState.Running && canGoOn(); i++) {
      assertThat(i).as("inputs without an end").isLessThan(20_000);
      step();
    }
    if (store.state() instanceof RunState.Running) {
      assertThat(snapshot().status()).as("a run that does not go on").isEqualTo("WAITING");
      deliver(new RunInput.CancelRun(request(), "enough"));
    }
    boolean wasRun = store.state() instanceof RunState.Finished;
    late();
    for (Found<Entry.Timer> timer : timers()) {
      now = now.plus(Duration.ofDays(8));
      deliver(new RunInput.TimerFired(timer.key().name(), timer.entry().generation()));
    }
    assertThat(store.state()).isEqualTo(new RunState.Absent());
    assertThat(store.size()).as("entries left after the purge").isZero();
    assertThat(ends).isEqualTo(wasRun ? 1 : 0);
  }

  /** What arrives after the end changes nothing. */
  private void late() {
    RunState before = store.state();
    for (RunInput input : List.copyOf(inFlight)) {
      if (before instanceof RunState.Finished) {
        deliver(input);
        assertThat(store.state()).isEqualTo(before);
      }
    }
  }

  private boolean canGoOn() {
    return !inFlight.isEmpty() || !timers().isEmpty();
  }

  private void step() {
    now = now.plusMillis(random.nextInt(200));
    if (inFlight.isEmpty() || random.nextInt(10) == 0) {
      fireSomeTimer();
    } else if (faults && random.nextInt(25) == 0) {
      deliver(fromOutside());
    } else {
      RunInput input = inFlight.remove(random.nextInt(inFlight.size()));
      deliver(input);
      if (random.nextInt(6) == 0) {
        inFlight.add(input);
      }
    }
  }

  private void fireSomeTimer() {
    List<Found<Entry.Timer>> timers = timers();
    if (!timers.isEmpty()) {
      Found<Entry.Timer> timer = timers.get(random.nextInt(timers.size()));
      if (timer.entry().due().isAfter(now)) {
        now = timer.entry().due();
      }
      deliver(new RunInput.TimerFired(timer.key().name(), timer.entry().generation()));
    }
  }

  private List<Found<Entry.Timer>> timers() {
    return store.scan(Entry.Timer.class, null, Integer.MAX_VALUE);
  }

  private void deliver(RunInput input) {
    Arrival arrival = new Arrival(offset++, now);
    RunState before = store.state();
    List<RunEffect> dry = RunCore.apply(graph, store, input, arrival);
    RunState dryState = store.state();
    store.rollback();
    assertThat(store.state()).isEqualTo(before);
    List<RunEffect> effects = RunCore.apply(graph, store, input, arrival);
    store.commit();
    assertThat(effects).as("determinism").isEqualTo(dry);
    assertThat(store.state()).as("determinism").isEqualTo(dryState);
    if (before instanceof RunState.Finished && store.state() instanceof RunState.Finished) {
      assertThat(store.state()).as("an end is an end").isEqualTo(before);
    }
    ends += RunFixture.only(effects, RunEffect.EndRun.class).size();
    conserve(effects);
    again(input);
    RunFixture.targets(effects).forEach(target -> work(target));
  }

  /** The same record once more, at another offset, changes nothing. */
  private void again(RunInput input) {
    if (store.state() instanceof RunState.Absent) {
      return;
    }
    RunState before = store.state();
    List<RunEffect> effects = RunCore.apply(graph, store, input, new Arrival(offset, now));
    boolean isCancel = input instanceof RunInput.CancelRun;
    if (!isCancel) {
      assertThat(store.state()).as("a repeat of %s", input).isEqualTo(before);
    }
    assertThat(effects)
        .as("a repeat of %s", input)
        .allMatch(
            effect ->
                effect instanceof RunEffect.Disregard
                    || effect instanceof RunEffect.Reply
                    || effect instanceof RunEffect.CancelWork);
    store.rollback();
  }

  private void conserve(List<RunEffect> effects) {
    Set<String> nowOpen = new HashSet<>();
    for (Found<Entry.OpenExecution> found :
        store.scan(Entry.OpenExecution.class, null, Integer.MAX_VALUE)) {
      nowOpen.add(found.entry().id());
    }
    assertThat(nowOpen).as("an execution opened twice").noneMatch(closed::contains);
    for (Target target : RunFixture.targets(effects)) {
      assertThat(nowOpen).as("dispatched but not open").contains(target.token().executionId());
    }
    open.removeAll(nowOpen);
    closed.addAll(open);
    open = nowOpen;
    Counters.check(store);
  }

  /** What a worker makes of a dispatch; with bad luck several things, in any order. */
  private void work(Target target) {
    int luck = faults ? random.nextInt(20) : 19;
    Entry.OpenExecution execution = store.get(Keys.execution(target.token().executionId()));
    if (execution == null) {
      return;
    }
    if (luck == 0) {
      inFlight.add(
          new RunInput.DispatchFailed(target.token(), execution.sequence(), RunFixture.BOOM));
    }
    if (luck == 1) {
      inFlight.add(new RunInput.WorkerLost(target.token(), execution.sequence(), null, "silent"));
    }
    if (random.nextInt(3) == 0) {
      inFlight.add(RunFixture.adoption(target, "w" + random.nextInt(3)));
    }
    if (luck == 2) {
      inFlight.add(
          RunFixture.failure(
              target, RunInput.FailureKind.values()[random.nextInt(4)], random.nextInt(10) > 0));
    } else if (luck == 3 && target.answers().isEmpty()) {
      Event prompt = random.nextBoolean() ? RunFixture.event("p", "Ask") : null;
      inFlight.add(RunFixture.suspension(target, prompt));
    } else {
      complete(target);
    }
  }

  private void complete(Target target) {
    List<StepEffect> effects = effects(target);
    String tryId = "try-" + serial++;
    long digest = 0;
    int chunks = 0;
    if (random.nextInt(8) == 0) {
      Bytes encoded = Bytes.copyOf(new byte[] {1, 2, (byte) serial});
      digest = new Fingerprint().addPlain(encoded).first8();
      chunks = 1;
      // Now and then the chunk comes after the end of its own try.
      inFlight.add(new RunInput.CompletionChunk(target.token(), tryId, 0, effects, encoded));
      effects = List.of();
    }
    inFlight.add(
        new RunInput.StepCompleted(target.token(), "w", tryId, chunks, digest, effects, 0));
  }

  private List<StepEffect> effects(Target target) {
    List<StepEffect> effects = new ArrayList<>();
    List<String> expects = made.expects(target.step());
    if (!expects.isEmpty()) {
      boolean given = !target.sets().isEmpty();
      effects.add(
          new StepEffect.Collect(
              "default", RunFixture.runs(expects.toArray(String[]::new)), null, given));
      if (!given) {
        return effects;
      }
    }
    if (random.nextInt(4) == 0) {
      effects.add(new StepEffect.IncrementState("total", new StateValue.Whole(1)));
    }
    if (random.nextInt(6) == 0) {
      effects.add(new StepEffect.AppendState("list", Bytes.EMPTY));
    }
    if (random.nextInt(8) == 0) {
      effects.add(new StepEffect.UpdateState("race", random.nextInt(4), new StateValue.Whole(2)));
      if (!faults) {
        effects.remove(effects.size() - 1);
      }
    }
    int emissions = random.nextInt(4);
    for (int i = 0; i < emissions && emitted < EMISSIONS; i++, emitted++) {
      effects.add(RunFixture.emit(made.someType()));
    }
    if (random.nextInt(30) == 0) {
      effects.add(RunFixture.emit("Done"));
    }
    return effects;
  }

  private RunInput fromOutside() {
    switch (random.nextInt(8)) {
      case 0:
        return new RunInput.InspectRun(request());
      case 1:
        return start();
      case 2:
        return random.nextInt(5) == 0
            ? new RunInput.CancelRun(request(), "enough")
            : Inputs.started();
      case 3:
        return Inputs.unexpected().get(random.nextInt(Inputs.unexpected().size()));
      default:
        Event event = RunFixture.event("reply-" + random.nextInt(12), "Reply");
        return new RunInput.ExternalEvent(request(), event, null);
    }
  }

  private RunInput.StartRun start() {
    return new RunInput.StartRun(
        request(),
        StepBuilder.WORKFLOW,
        RunFixture.event("start", "Begin"),
        made.timeout(),
        made.pauses(),
        made.internalEvents(),
        Map.of("total", new StateValue.Whole(0)),
        List.of("total"));
  }

  private Request request() {
    return new Request("request-" + serial++, 0);
  }

  private Answer.Snapshot snapshot() {
    Request request = request();
    List<RunEffect> effects =
        RunCore.apply(graph, store, new RunInput.InspectRun(request), new Arrival(offset, now));
    return (Answer.Snapshot) RunFixture.reply(effects).answer();
  }
}
