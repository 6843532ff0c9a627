package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.internals;
import static io.millrace.coordinator.core.RunFixture.only;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.RunFixture.targets;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Target;
import io.millrace.coordinator.core.StateValue.Opaque;
import io.millrace.coordinator.core.StateValue.Whole;
import io.millrace.coordinator.core.StepEffect.IncrementState;
import io.millrace.coordinator.core.StepEffect.SetState;
import io.millrace.coordinator.core.StepEffect.UpdateState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StateAndHumansTest {
  private final RunFixture run =
      new RunFixture(
          null,
          step("first").accepts("Begin").readsAll(),
          step("work").accepts("Work").emits("Done").readsAll(),
          step("narrow").accepts("Work").reads("total"),
          step("human").accepts("Reply").emits("Done"));

  @Test
  void T1_a_step_reads_the_state_as_of_its_dispatch() {
    List<RunEffect> effects =
        run.complete(
            target(run.start(), "first"),
            new SetState("total", new Whole(1)),
            new SetState("secret", new Whole(2)),
            emit("Work"),
            new SetState("total", new Whole(9)));

    Map<String, VersionedValue> sent = RunFixture.dispatches(effects).get(0).state();
    assertThat(sent).containsOnlyKeys("total", "secret");
    assertThat(RunFixture.there(sent.get("total")).value()).isEqualTo(new Whole(1));
    Entry.SentState narrow =
        run.store.get(Keys.sentState(target(effects, "narrow").token().executionId()));
    assertThat(RunFixture.there(narrow).state()).containsOnlyKeys("total");
  }

  @Test
  void T2_increments_never_lose_an_update() {
    List<RunEffect> fan =
        run.complete(target(run.start(), "first"), emit("Work"), emit("Work"), emit("Work"));
    for (Target target : targets(fan)) {
      run.complete(target, new IncrementState("total", new Whole(1)));
    }

    run.apply(new RunInput.CancelRun(null, ""));

    assertThat(run.outcome().state()).isEqualTo(Map.of("total", new Whole(6)));
  }

  @Test
  void T2_an_increment_of_what_is_no_number_fails_the_run_and_writes_nothing() {
    run.complete(
        target(run.start(), "first"),
        new SetState("total", new Opaque(Bytes.EMPTY)),
        new IncrementState("total", new Whole(1)));

    assertThat(run.error().type()).isEqualTo("StateTypeMismatch");
    assertThat(run.error().message()).contains("total", "opaque");
    assertThat(run.outcome().state()).isEmpty();
  }

  @Test
  void T3_an_update_that_lost_its_race_is_made_again_with_fresh_state() {
    List<RunEffect> fan =
        run.complete(target(run.start(), "first"), emit("Work", "work"), emit("Work", "work"));
    run.complete(targets(fan).get(0), new UpdateState("total", 0, new Whole(1)));

    Target again =
        target(
            run.complete(targets(fan).get(1), new UpdateState("total", 0, new Whole(1))), "work");

    assertThat(again.token().round()).isEqualTo(1);
    assertThat(again.token().attempt()).isEqualTo(1);
    long version = RunFixture.there(run.store.get(Keys.cell("total"))).value().version();
    run.complete(again, new UpdateState("total", version, new Whole(2)), emit("Done"));
    assertThat(run.outcome().state()).isEqualTo(Map.of("total", new Whole(2)));
  }

  @Test
  void S3_writes_before_the_stop_event_count_and_those_after_it_do_not() {
    run.complete(
        target(run.start(), "first"),
        new SetState("total", new Whole(1)),
        emit("Done"),
        new SetState("total", new Whole(2)));

    assertThat(run.outcome().state()).isEqualTo(Map.of("total", new Whole(1)));
  }

  @Test
  void R10_limits_fail_the_run_by_name() {
    run.complete(
        target(run.start(), "first"),
        new StepEffect.Emit(RunFixture.big("Work", 900_001), null, false));

    assertThat(run.error().type()).isEqualTo("LimitExceeded");
    assertThat(run.error().message()).contains("maxEventBytes", "900001");
  }

  @Test
  void W1_a_prompt_is_published_and_the_run_waits() {
    List<RunEffect> effects = run.complete(target(run.start(), "first"), emit("Ask"));

    assertThat(only(effects, RunEffect.Publish.class))
        .singleElement()
        .satisfies(p -> assertThat(p.createStream()).isTrue());
    assertThat(run.inspect().status()).isEqualTo("WAITING");
    assertThat(run.inspect().prompts()).hasSize(1);
    assertThat(run.ticks(Grace.GRACE)).isFalse();
  }

  @Test
  void law_12_an_answer_closes_the_prompt_that_it_names_and_no_other() {
    run.complete(target(run.start(), "first"), emit("Ask"), emit("Ask"));
    String second = run.inspect().prompts().get(1).eventId();

    target(run.apply(run.external(run.answerTo(second))), "human");

    assertThat(run.inspect().prompts())
        .extracting(Answer.PromptInfo::eventId)
        .doesNotContain(second);
    assertThat(run.running().prompts()).isEqualTo(1);
  }

  @Test
  void W1_an_answer_that_names_no_prompt_closes_the_oldest() {
    run.complete(target(run.start(), "first"), emit("Ask"), emit("Ask"));
    String first = run.inspect().prompts().get(0).eventId();

    run.apply(run.external(run.event("Reply")));

    assertThat(run.inspect().prompts())
        .extracting(Answer.PromptInfo::eventId)
        .doesNotContain(first);
  }

  @Test
  void W7_a_second_answer_to_one_prompt_is_reported_as_unhandled() {
    run.complete(target(run.start(), "first"), emit("Ask"));
    String prompt = run.inspect().prompts().get(0).eventId();
    run.apply(run.external(run.answerTo(prompt)));

    List<RunEffect> effects = run.apply(run.external(run.answerTo(prompt)));

    assertThat(RunFixture.reply(effects).answer()).isEqualTo(new Answer.EventAccepted(false));
    assertThat(targets(effects)).isEmpty();
    assertThat(internals(effects)).containsExactly(RunEffect.InternalKind.UNHANDLED_EVENT);
    assertThat(run.inspect().notes()).anyMatch(note -> note.contains("has been answered"));
  }

  @Test
  void R5_the_clock_stands_still_while_the_run_only_waits_for_a_human() {
    List<RunEffect> start = run.apply(run.startInput(Duration.ofMinutes(10), false));
    run.pass(Duration.ofMinutes(4));
    run.complete(target(start, "first"), emit("Ask"));
    assertThat(run.ticks(RunTimeout.RUN_TIMEOUT)).isFalse();

    run.pass(Duration.ofDays(3));
    run.apply(run.external(run.event("Reply")));

    assertThat(run.timer(RunTimeout.RUN_TIMEOUT).due())
        .isEqualTo(run.now.plus(Duration.ofMinutes(6)));
  }

  @Test
  void S6_an_event_without_a_step_waits_for_one_then_is_recorded_as_unhandled() {
    run.apply(run.startInput(null, true));
    Target first = firstOpen();
    run.complete(first, emit("Nobody"), emit("Late"));
    run.deploy(step("late").accepts("Late"));

    assertThat(target(run.fire(Grace.GRACE), "late")).isNotNull();
    List<RunEffect> effects = run.fireGraceOut();

    assertThat(internals(effects)).containsExactly(RunEffect.InternalKind.UNHANDLED_EVENT);
    assertThat(run.running().parked()).isZero();
  }

  @Test
  void S7_excess_executions_wait_first_in_first_out() {
    RunFixture wide =
        new RunFixture(
            null, step("first").accepts("Begin"), step("work").accepts("Work").maxOpenPerRun(2));
    List<RunEffect> fan =
        wide.complete(
            target(wide.start(), "first"), emit("Work"), emit("Work"), emit("Work"), emit("Work"));
    assertThat(targets(fan)).hasSize(2);
    assertThat(wide.running().loads().get("work")).isEqualTo(new RunState.Load(2, 2));

    List<RunEffect> next = wide.complete(targets(fan).get(1));

    assertThat(RunFixture.dispatches(next).get(0).event().id())
        .isEqualTo(Ids.emittedCause(rootOf(wide), 2));
  }

  @Test
  void S7_places_that_become_free_are_given_out_a_sixteenth_at_a_time() {
    RunFixture wide =
        new RunFixture(
            null, step("first").accepts("Begin"), step("work").accepts("Work").maxOpenPerRun(32));
    StepEffect[] fifty =
        IntStream.range(0, 50).mapToObj(i -> emit("Work")).toArray(StepEffect[]::new);
    List<Target> out = targets(wide.complete(target(wide.start(), "first"), fifty));
    assertThat(out).hasSize(32);

    assertThat(wide.complete(out.get(0))).noneMatch(RunEffect.Dispatch.class::isInstance);
    assertThat(targets(wide.complete(out.get(1)))).hasSize(2);
    assertThat(wide.running().loads().get("work")).isEqualTo(new RunState.Load(32, 16));
  }

  @Test
  void S7_the_last_in_line_does_not_wait_for_a_whole_portion() {
    RunFixture wide =
        new RunFixture(
            null, step("first").accepts("Begin"), step("work").accepts("Work").maxOpenPerRun(64));
    StepEffect[] some =
        IntStream.range(0, 65).mapToObj(i -> emit("Work")).toArray(StepEffect[]::new);
    List<Target> out = targets(wide.complete(target(wide.start(), "first"), some));

    assertThat(targets(wide.complete(out.get(0)))).hasSize(1);
    assertThat(wide.running().loads().get("work")).isEqualTo(new RunState.Load(64, 0));
  }

  private Target firstOpen() {
    Entry.OpenExecution open = run.store.scan(Entry.OpenExecution.class, null, 1).get(0).entry();
    return new Target(
        open.token(),
        open.step(),
        open.firstDispatchedAt(),
        null,
        List.of(),
        List.of(),
        null,
        null,
        0);
  }

  private static String rootOf(RunFixture run) {
    Entry.RunSettings settings = run.running().settings();
    return Ids.execution(Ids.rootCause(settings.life(), settings.workflow()), "first");
  }
}
