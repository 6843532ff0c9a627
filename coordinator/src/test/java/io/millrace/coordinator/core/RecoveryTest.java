package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.RunFixture.BOOM;
import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.failure;
import static io.millrace.coordinator.core.RunFixture.only;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.RunFixture.targets;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Target;
import io.millrace.coordinator.core.RunInput.FailureKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryTest {
  private final RunFixture run =
      new RunFixture(
          null,
          step("first").accepts("Begin"),
          step("work").accepts("Work").emits("Done").readsAll().retries(2, Duration.ofSeconds(1)),
          step("frail").accepts("Frail").maxLost(1),
          step("rescue").catches(2, "*").emits("Work", "Done").retries(2, Duration.ofSeconds(1)),
          step("nurse").catches(1, "frail"),
          step("zealot").catches(1, "frail"));

  @Test
  void E4_a_failure_without_further_retries_goes_to_its_handler_and_nothing_is_lost_of_it() {
    Target work = start("Work");
    run.apply(failure(work, true));
    work = targets(run.fire(Failures.RETRY + work.token().executionId())).get(0);
    Event event = run.execution(work).event();
    run.pass(Duration.ofSeconds(9));

    List<RunEffect> effects = run.apply(failure(work, true));

    assertThat(only(effects, RunEffect.DeadLetter.class)).isEmpty();
    RunEffect.Dispatch dispatch = only(effects, RunEffect.Dispatch.class).get(0);
    assertThat(dispatch.event().type()).isEqualTo("StepFailedEvent");
    assertThat(dispatch.event().value()).isEqualTo(Bytes.EMPTY);
    Target rescue = target(effects, "rescue");
    Duration elapsed = Duration.between(work.firstDispatchedAt(), run.now);
    assertThat(rescue.failure())
        .isEqualTo(new RunEffect.CaughtFailure("work", event, BOOM, 2, elapsed));
    assertThat(rescue.recoveries()).isEqualTo(1);
    assertThat(run.inspect().notes()).anyMatch(note -> note.contains("recovery of work"));
    Counters.check(run.store);
  }

  @Test
  void E4_what_a_handler_returns_goes_on_as_any_event() {
    run.complete(caught(start("Work")), emit("Done"));

    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
  }

  @Test
  void E4_a_handler_that_throws_fails_the_run_after_its_own_retries() {
    Target work = start("Work");
    Event event = run.execution(work).event();
    Target rescue = caught(work);
    run.apply(failure(rescue, true));
    Target again = targets(run.fire(Failures.RETRY + rescue.token().executionId())).get(0);
    assertThat(again.failure()).isEqualTo(rescue.failure());

    List<RunEffect> effects = run.apply(failure(again, true));

    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.FAILED);
    assertThat(run.outcome().reason())
        .contains("step rescue", "Boom", "handling the failure of step work");
    assertThat(only(effects, RunEffect.DeadLetter.class))
        .singleElement()
        .satisfies(letter -> assertThat(letter.event()).isEqualTo(event))
        .satisfies(
            letter -> assertThat(letter.executionId()).isEqualTo(again.token().executionId()));
  }

  @Test
  void E4_a_handler_that_names_the_step_goes_before_one_for_all_and_the_first_by_name() {
    List<RunEffect> effects = run.apply(failure(start("Frail"), false));

    assertThat(targets(effects)).extracting(Target::step).containsExactly("nurse");
  }

  @Test
  void E4_a_worker_lost_too_often_is_handled_and_so_is_a_completion_that_was_refused() {
    Target frail = start("Frail");
    assertThat(target(run.apply(run.lost(frail, null)), "nurse").failure())
        .satisfies(f -> assertThat(RunFixture.there(f).error().type()).isEqualTo("WorkerLost"));

    RunFixture other = new RunFixture(null, step("first").accepts("Begin"), catchAll());
    Target first = target(other.start(), "first");
    List<RunEffect> refused = other.apply(failure(first, FailureKind.COMPLETION_REFUSED, false));
    assertThat(target(refused, "rescue").failure()).isNotNull();
  }

  @Test
  void E6_an_event_that_nobody_can_read_is_not_handled() {
    List<RunEffect> effects =
        run.apply(failure(start("Work"), FailureKind.UNREADABLE_EVENT, false));

    assertThat(only(effects, RunEffect.DeadLetter.class)).hasSize(1);
    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.FAILED);
  }

  @Test
  void E4_a_failed_handler_is_redriven_with_the_failure_that_it_handles() {
    Target rescue = caught(start("Work"));
    run.apply(failure(rescue, false));

    Target again =
        target(
            run.apply(new RunInput.RedriveRun(run.request(), rescue.token().executionId())),
            "rescue");

    assertThat(again.failure()).isEqualTo(rescue.failure());
    assertThat(again.token().attempt()).isEqualTo(1);
  }

  @Test
  void law_1_a_handler_lost_with_its_worker_gets_the_same_dispatch_again() {
    Target rescue = caught(start("Work"));

    assertThat(target(run.apply(run.lost(rescue, null)), "rescue")).isEqualTo(rescue);
  }

  @Test
  void S7_a_failure_makes_room_for_the_next_in_line() {
    RunFixture narrow =
        new RunFixture(
            null,
            step("first").accepts("Begin"),
            step("work").accepts("Work").maxOpenPerRun(1),
            catchAll().maxOpenPerRun(1));
    List<RunEffect> fan =
        narrow.complete(target(narrow.start(), "first"), emit("Work"), emit("Work"));

    List<RunEffect> effects = narrow.apply(failure(target(fan, "work"), false));
    assertThat(targets(effects)).extracting(Target::step).containsExactly("rescue", "work");
    List<RunEffect> second = narrow.apply(failure(target(effects, "work"), false));

    assertThat(targets(second)).isEmpty();
    Counters.check(narrow.store);
    List<RunEffect> next = narrow.complete(target(effects, "rescue"));
    assertThat(target(next, "rescue").failure()).isNotNull();
  }

  @Test
  void E4_nobody_but_the_coordinator_makes_the_event_of_a_failure() {
    Target first = target(run.start(), "first");
    assertThat(RunFixture.refusal(run.apply(run.external(run.event("StepFailedEvent")))))
        .isEqualTo(Answer.Code.MALFORMED_REQUEST);

    run.complete(first, emit("StepFailedEvent"));

    assertThat(run.error().type()).isEqualTo("IllegalName");
    assertThat(run.error().message()).contains("StepFailedEvent");
  }

  @Test
  void E4_what_joins_a_fan_out_descends_from_the_failures_in_it() {
    RunFixture loop =
        new RunFixture(
            null,
            step("first").accepts("Begin", "Again").fansOut("Work"),
            step("work").accepts("Work").emits("Part"),
            step("rescue").catches(1, "work").emits("Part"),
            step("gather").accepts("Part").joinsFanOut(0).emits("Again"));
    List<Target> work =
        targets(
            loop.complete(target(loop.start(), "first"), FanOutFixture.fanOut("Work", "a", "b")));
    Target rescue = target(loop.apply(failure(work.get(0), false)), "rescue");
    loop.complete(rescue, emit("Part"));
    Target gather = target(loop.complete(work.get(1), emit("Part")), "gather");

    Target first = target(loop.complete(gather, emit("Again")), "first");

    assertThat(gather.recoveries()).isEqualTo(1);
    Target again = target(loop.complete(first, FanOutFixture.fanOut("Work", "a")), "work");
    loop.apply(failure(again, false));
    assertThat(loop.outcome().status()).isEqualTo(Outcome.Status.FAILED);
  }

  @Test
  void R9_a_handled_failure_leaves_no_trace() {
    caught(start("Work"));

    run.apply(new RunInput.CancelRun(null, "enough"));
    run.fire(Ending.PURGE);

    assertThat(run.store.size()).isZero();
  }

  private static StepBuilder catchAll() {
    return step("rescue").catches(2, "*");
  }

  private Target start(String type) {
    return targets(run.complete(target(run.start(), "first"), emit(type))).get(0);
  }

  private Target caught(Target failing) {
    return target(run.apply(failure(failing, false)), "rescue");
  }
}
