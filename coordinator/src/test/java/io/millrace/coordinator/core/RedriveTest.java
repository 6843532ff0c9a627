package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.RunFixture.adoption;
import static io.millrace.coordinator.core.RunFixture.collect;
import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.failure;
import static io.millrace.coordinator.core.RunFixture.only;
import static io.millrace.coordinator.core.RunFixture.reason;
import static io.millrace.coordinator.core.RunFixture.refusal;
import static io.millrace.coordinator.core.RunFixture.reply;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.RunFixture.targets;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Reason;
import io.millrace.coordinator.core.RunEffect.Target;
import io.millrace.coordinator.core.StateValue.Whole;
import io.millrace.coordinator.core.StepEffect.SetState;
import io.millrace.coordinator.core.StepEffect.UpdateState;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RedriveTest {
  private final RunFixture run =
      new RunFixture(
          null,
          step("first").accepts("Begin"),
          step("work").accepts("Work").emits("Done").readsAll().retries(2, Duration.ofSeconds(1)),
          step("slow").accepts("Slow").emits("Done").maxOpenPerRun(1),
          step("join").accepts("Part").emits("Done"));

  @Test
  void law_16_a_redriven_run_goes_on_in_a_new_epoch_and_ends_once_more() {
    List<Target> fan = start(emit("Work"), emit("Slow"), emit("Slow"));
    run.apply(adoption(fan.get(1), "w-1"));
    List<RunEffect> failed = run.apply(failure(fan.get(0), false));
    assertThat(only(failed, RunEffect.EndRun.class)).hasSize(1);
    assertThat(only(failed, RunEffect.CancelWork.class)).hasSize(1);

    List<RunEffect> effects = redrive(null);

    assertThat(reply(effects).answer()).isEqualTo(new Answer.RedriveAccepted(2, 2));
    assertThat(targets(effects)).extracting(Target::step).containsExactlyInAnyOrder("work", "slow");
    assertThat(RunFixture.dispatches(effects)).allMatch(dispatch -> dispatch.epoch() == 2);
    assertThat(run.running().loads().get("slow")).isEqualTo(new RunState.Load(1, 1));
    Counters.check(run.store);
    List<RunEffect> ended = run.complete(target(effects, "work"), emit("Done"));
    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
    assertThat(run.outcome().epoch()).isEqualTo(2);
    assertThat(only(ended, RunEffect.Publish.class))
        .extracting(RunEffect.Publish::id)
        .contains("terminal/2");
  }

  @Test
  void law_16_what_was_called_back_is_not_what_the_redrive_sends_out() {
    List<Target> fan = start(emit("Work"), emit("Slow"));
    run.apply(adoption(fan.get(1), "w-1"));
    List<RunEffect> failed = run.apply(failure(fan.get(0), false));

    Token again = target(redrive(null), "slow").token();

    RunEffect.Unwanted back =
        only(failed, RunEffect.CancelWork.class).get(0).executions().iterator().next();
    assertThat(back.executionId()).isEqualTo(again.executionId());
    assertThat(back.round()).isLessThan(again.round());
  }

  @Test
  void law_16_tokens_of_the_epoch_before_never_match() {
    List<Target> fan = start(emit("Work"), emit("Slow"));
    run.apply(failure(fan.get(0), false));
    assertThat(reason(run.complete(fan.get(1), emit("Done")))).isEqualTo(Reason.RUN_FINISHED);

    redrive(null);

    for (Target old : fan) {
      assertThat(reason(run.complete(old, emit("Done")))).isEqualTo(Reason.STALE_TOKEN);
    }
  }

  @Test
  void E5_the_failed_execution_begins_its_attempts_anew_and_knows_its_last_error() {
    Target work = start(emit("Work")).get(0);
    run.apply(failure(work, true));
    run.apply(failure(retried(work), true));
    run.pass(Duration.ofHours(1));

    Target again = target(redrive(work.token().executionId()), "work");

    assertThat(again.token().attempt()).isEqualTo(1);
    assertThat(again.token().round()).isEqualTo(1);
    assertThat(again.lastError()).isEqualTo(RunFixture.BOOM);
    assertThat(again.firstDispatchedAt()).isEqualTo(run.now);
    run.apply(failure(again, true));
    assertThat(retried(work).token().attempt()).isEqualTo(2);
  }

  @Test
  void E5_who_failed_at_its_only_attempt_knows_its_error_too() {
    run.apply(failure(start(emit("Slow")).get(0), false));

    assertThat(target(redrive(null), "slow").lastError()).isEqualTo(RunFixture.BOOM);
  }

  @Test
  void law_16_who_was_between_two_attempts_goes_on_with_the_next() {
    List<Target> fan = start(emit("Work"), emit("Work"));
    run.apply(failure(fan.get(0), true));
    run.apply(failure(fan.get(1), false));

    List<RunEffect> effects = redrive(null);

    assertThat(targets(effects))
        .extracting(t -> t.token().attempt())
        .containsExactlyInAnyOrder(2, 1);
  }

  @Test
  void law_16_while_a_failed_run_is_frozen_nothing_of_it_ticks_or_is_watched() {
    List<Target> fan = start(emit("Work"), emit("Work"), emit("Slow"), emit("Slow"));
    run.apply(failure(fan.get(0), true));
    run.apply(RunFixture.suspension(fan.get(2), null));
    run.apply(failure(fan.get(1), false));

    assertThat(run.store.scan(Entry.Timer.class, null, Integer.MAX_VALUE))
        .extracting(found -> found.key().name())
        .isSubsetOf(Ending.PURGE, Ending.EXPIRE_STREAM);
    assertThat(run.inspect().executions())
        .extracting(Answer.OpenInfo::phase)
        .containsExactlyInAnyOrder("FROZEN", "FROZEN", "SUSPENDED", "FROZEN");
    assertThat(run.store.scan(Entry.OpenExecution.class, null, Integer.MAX_VALUE))
        .noneMatch(found -> Phases.out(found.entry()));
  }

  @Test
  void law_16_a_wait_goes_on_and_its_timeout_begins_anew() {
    List<Target> fan = start(emit("Work"), emit("Slow"));
    run.apply(RunFixture.suspension(fan.get(1), null));
    run.apply(failure(fan.get(0), false));
    run.pass(Duration.ofDays(2));

    redrive(null);

    assertThat(run.timer(Waiting.WAIT + fan.get(1).token().executionId()).due())
        .isEqualTo(run.now.plus(Duration.ofHours(1)));
    assertThat(target(run.apply(run.external(run.event("Reply"))), "slow").answers()).hasSize(1);
  }

  @Test
  void R5_a_redrive_restarts_the_timeout_and_calls_off_the_purge() {
    Target first = target(run.apply(run.startInput(Duration.ofMinutes(10), false)), "first");
    run.apply(failure(first, false));
    RunInput.TimerFired purge = run.firing(Ending.PURGE);
    run.pass(Duration.ofDays(1));

    redrive(null);

    assertThat(run.timer(RunTimeout.RUN_TIMEOUT).due())
        .isEqualTo(run.now.plus(Duration.ofMinutes(10)));
    assertThat(reason(run.apply(purge))).isEqualTo(Reason.STALE_TIMER);
    assertThat(run.ticks(Ending.EXPIRE_STREAM)).isFalse();
  }

  @Test
  void law_16_buffers_and_state_are_as_they_were() {
    List<Target> fan = start(new SetState("total", new Whole(7)), emit("Part"), emit("Part"));
    run.complete(fan.get(0), collect("Part", "Part"));
    run.apply(failure(fan.get(1), false));

    Target again = target(redrive(null), "join");
    List<RunEffect> fired = run.complete(again, collect("Part", "Part"));

    assertThat(target(fired, "join").sets()).hasSize(1);
    run.complete(target(fired, "join"), RunFixture.collected("Part", "Part"), emit("Done"));
    assertThat(run.outcome().state()).containsEntry("total", new Whole(7));
  }

  @Test
  void law_15_an_update_queue_outlives_the_failure() {
    List<Target> fan = start(emit("Work"), emit("Work"), emit("Work"), emit("Slow"));
    run.complete(fan.get(0), new UpdateState("total", 0, new Whole(1)));
    run.complete(fan.get(1), new UpdateState("total", 0, new Whole(1)));
    run.complete(fan.get(2), new UpdateState("total", 0, new Whole(1)));
    run.apply(failure(fan.get(3), false));

    List<RunEffect> effects = redrive(null);

    assertThat(reply(effects).answer()).isEqualTo(new Answer.RedriveAccepted(2, 2));
    assertThat(target(effects, "work").token().executionId()).isEqualTo(run.running().updating());
    assertThat(run.running().contending()).isEqualTo(1);
    assertThat(target(run.complete(target(effects, "work")), "work").token().executionId())
        .isEqualTo(fan.get(2).token().executionId());
  }

  @Test
  void law_16_a_run_may_fail_and_be_redriven_again_and_again() {
    Target first = target(run.start(), "first");
    for (int epoch = 1; epoch <= 3; epoch++) {
      run.apply(failure(first, false));
      assertThat(run.outcome().epoch()).isEqualTo(epoch);
      first = target(redrive(null), "first");
    }
    assertThat(run.running().epoch()).isEqualTo(4);
  }

  @Test
  void law_16_a_run_that_breaks_a_limit_does_so_before_anything_is_applied() {
    Limits usual = Limits.ofDefaults();
    run.limits(
        new Limits(
            usual.grace(),
            usual.runRetention(),
            usual.streamRetention(),
            usual.maxEventBytes(),
            usual.maxStateBytes(),
            3,
            usual.maxEffects(),
            usual.maxSetSize(),
            usual.maxStreamEvents(),
            usual.maxEarlyEvents()));
    StepEffect[] wide = Collections.nCopies(6, emit("Work")).toArray(StepEffect[]::new);
    wide[0] = new SetState("total", new Whole(1));
    wide[1] = emit("Ask");
    run.complete(target(run.start(), "first"), wide);

    assertThat(run.error().message()).contains("maxOpenExecutions");
    assertThat(run.outcome().state()).isEmpty();
    assertThat(run.inspect().prompts()).isEmpty();
    assertThat(run.inspect().parked()).isEmpty();
    run.limits(usual);
    run.complete(target(redrive(null), "first"), wide);
    assertThat(run.running().open()).isEqualTo(4);
  }

  @Test
  void law_18_a_run_whose_rules_failed_can_be_redriven_and_its_outcome_carries_no_state() {
    start(new SetState("total", new Whole(1)), emit("Work"));
    RunCore.fail(run.graph(), run.store, new Arrival(99, run.now), RunFixture.BOOM);
    run.store.commit();
    assertThat(run.outcome().state()).isEmpty();

    assertThat(targets(redrive(null))).extracting(Target::step).containsExactly("work");
  }

  @Test
  void E5_an_execution_that_is_not_frozen_cannot_be_redriven() {
    run.apply(failure(start(emit("Work")).get(0), false));
    RunState before = run.store.state();

    List<RunEffect> effects = redrive("0123456789abcdef0123456789abcdef");

    assertThat(refusal(effects)).isEqualTo(Answer.Code.NOT_REDRIVABLE);
    assertThat(run.store.state()).isEqualTo(before);
  }

  @Test
  void E5_a_run_that_was_cancelled_cannot_be_redriven_and_is_told_why() {
    run.start();
    run.apply(new RunInput.CancelRun(null, "enough"));

    Answer.Refused refused = (Answer.Refused) reply(redrive(null)).answer();

    assertThat(refused.code()).isEqualTo(Answer.Code.NOT_REDRIVABLE);
    assertThat(refused.message()).contains("CANCELLED", "only a run that FAILED");
  }

  @Test
  void R9_a_failed_run_leaves_no_trace_after_its_retention() {
    List<Target> fan =
        start(new SetState("a", new Whole(1)), emit("Part"), emit("Slow"), emit("Nobody"));
    run.complete(fan.get(0), collect("Part", "Part"));
    run.apply(RunFixture.suspension(fan.get(1), run.event("Ask")));
    run.apply(run.external(run.event("Work")));
    Entry.OpenExecution work =
        run.store.scan(Entry.OpenExecution.class, null, 9).stream()
            .map(RunStore.Found::entry)
            .filter(e -> e.step().equals("work"))
            .findFirst()
            .orElseThrow();
    run.apply(
        new RunInput.StepFailed(
            work.token(), "w", "t", RunInput.FailureKind.EXCEPTION, RunFixture.BOOM, false, 0));
    assertThat(run.store.size()).isGreaterThan(8);

    run.fire(Ending.PURGE);

    assertThat(run.store.size()).isZero();
    assertThat(run.store.state()).isEqualTo(new RunState.Absent());
  }

  private List<Target> start(StepEffect... effects) {
    return targets(run.complete(target(run.start(), "first"), effects));
  }

  private List<RunEffect> redrive(@Nullable String executionId) {
    return run.apply(new RunInput.RedriveRun(run.request(), executionId));
  }

  private Target retried(Target target) {
    return targets(run.fire(Failures.RETRY + target.token().executionId())).get(0);
  }
}
