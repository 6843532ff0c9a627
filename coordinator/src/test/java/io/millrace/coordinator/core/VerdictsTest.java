package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.FanOutFixture.fanOut;
import static io.millrace.coordinator.core.FanOutFixture.texts;
import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.RunFixture.targets;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When verdicts are given that take their time (law 14, R6), and what they leave. */
class VerdictsTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration GRACE = Limits.ofDefaults().grace();

  private final RunFixture run =
      new RunFixture(
          null,
          step("first").accepts("Begin").emits("Work", "Done"),
          step("work").accepts("Work").emits("Done"));

  @Test
  void R6_a_run_in_which_something_happens_before_the_verdict_has_its_whole_grace_again() {
    run.complete(target(run.start(), "first"));
    assertThat(run.timer(Grace.GRACE).due()).isEqualTo(run.now.plus(GRACE));

    run.pass(GRACE.minusSeconds(1));
    Target work = target(run.apply(run.external(run.event("Work"))), "work");
    assertThat(run.ticks(Grace.GRACE)).isFalse();
    run.pass(GRACE);
    run.complete(work);

    assertThat(run.timer(Grace.GRACE).due()).isEqualTo(run.now.plus(GRACE));
    run.fire(Grace.GRACE);
    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.STALLED);
  }

  @Test
  void law_14_what_is_put_aside_is_looked_at_every_second_and_nothing_else_puts_that_off() {
    run.complete(target(run.start(), "first"));
    run.apply(run.external(run.event("Nobody")));
    Instant due = run.now.plusSeconds(1);
    assertThat(run.timer(Grace.GRACE).due()).isEqualTo(due);
    run.pass(Duration.ofMillis(700));

    run.apply(run.external(run.event("Nobody")));

    assertThat(run.timer(Grace.GRACE).due()).isEqualTo(due);
    run.fire(Grace.GRACE);
    assertThat(run.timer(Grace.GRACE).due()).isEqualTo(due.plusSeconds(1));
  }

  @Test
  void law_14_a_grace_shorter_than_a_second_is_the_time_between_two_looks() {
    Duration half = Duration.ofMillis(500);
    run.limits(new Limits(half, DAY, DAY, 99, 99, 9, 9, 9, 9, 9));
    run.start();

    run.apply(run.external(run.event("Nobody")));

    assertThat(run.timer(Grace.GRACE).due()).isEqualTo(run.now.plus(half));
  }

  @Test
  void law_14_once_nothing_is_put_aside_any_more_nothing_is_looked_at() {
    run.complete(target(run.start(), "first"), emit("Work"), emit("Late"));
    run.deploy(step("late").accepts("Late"));

    target(run.fire(Grace.GRACE), "late");

    assertThat(run.running().parked()).isZero();
    assertThat(run.ticks(Grace.GRACE)).isFalse();
  }

  @Test
  void S6_what_is_given_up_is_told_with_the_step_that_it_was_sent_to() {
    run.complete(target(run.start(), "first"), emit("Work"), emit("Work", "ghost"), emit("Nobody"));

    run.fireGraceOut();

    assertThat(run.inspect().notes())
        .anyMatch(note -> note.endsWith("no step accepts it (sent to step ghost)"))
        .anyMatch(note -> note.endsWith("no step accepts it"));
  }

  @Test
  void R10_what_was_put_aside_finds_no_room_once_its_step_is_deployed_and_the_run_fails_of_it() {
    run.limits(new Limits(GRACE, DAY, DAY, 99, 99, 2, 9, 9, 9, 9));
    run.complete(target(run.start(), "first"), emit("Late"), emit("Late"));
    run.apply(run.external(run.event("Work")));
    run.deploy(step("late").accepts("Late"));

    run.fire(Grace.GRACE);

    assertThat(run.error().message()).isEqualTo("maxOpenExecutions is 2, this has 3");
  }

  @Test
  void law_16_a_fan_out_that_ended_as_the_run_failed_closes_after_the_redrive() {
    RunFixture fan =
        new RunFixture(
                null,
                step("first").accepts("Begin").fansOut("Part").emits("Late"),
                step("part").accepts("Part").emits("Sum"),
                step("join").accepts("Sum").joinsFanOut(0))
            .limits(new Limits(GRACE, DAY, DAY, 99, 99, 3, 9, 9, 9, 9));
    Target part = targets(fan.complete(target(fan.start(), "first"), fanOut("Part", "a"))).get(0);
    fan.complete(part, emit("Nobody"));
    fan.pass(GRACE);
    fan.apply(fan.external(fan.event("Late")));
    fan.deploy(step("late").joins("Late", "Late", "Late", "Late"));
    fan.limits(new Limits(GRACE, DAY, DAY, 99, 99, 3, 9, 3, 9, 9));
    assertThat(targets(fan.fire(Grace.GRACE))).isEmpty();
    assertThat(fan.error().message()).isEqualTo("maxSetSize is 3, this has 4");
    fan.limits(Limits.ofDefaults());

    List<RunEffect> effects = fan.apply(new RunInput.RedriveRun(fan.request(), null));

    assertThat(texts(target(effects, "join"))).isEmpty();
    Counters.check(fan.store);
  }

  @Test
  void law_14_a_run_that_is_refused_leaves_neither_its_start_nor_what_came_after_it() {
    RunFixture early = new RunFixture(null);
    early.apply(early.startInput(DAY, false));
    early.apply(early.external(early.event("Reply")));
    early.pass(GRACE.minusSeconds(2));
    early.fire(Grace.GRACE);
    assertThat(early.running().parked()).isEqualTo(2);

    List<RunEffect> effects = early.fireGraceOut();

    assertThat(RunFixture.only(effects, RunEffect.DeadLetter.class))
        .singleElement()
        .satisfies(letter -> assertThat(letter.event().type()).isEqualTo("Reply"))
        .satisfies(letter -> assertThat(letter.error().type()).isEqualTo("UNKNOWN_WORKFLOW"));
    assertThat(RunFixture.reason(effects)).isEqualTo(RunEffect.Reason.NOT_APPLICABLE);
    assertThat(early.store.size()).isZero();
  }

  @Test
  void R2_a_start_of_the_wrong_type_is_refused_once_the_workflow_is_known() {
    RunFixture early = new RunFixture(null);
    early.start();
    early.deploy(step("first").accepts("OtherBegin"));

    List<RunEffect> effects = early.fire(Grace.GRACE);

    assertThat(RunFixture.refusal(effects)).isEqualTo(Answer.Code.WRONG_START_TYPE);
    assertThat(early.store.state()).isEqualTo(new RunState.Absent());
    assertThat(early.store.size()).isZero();
  }
}
