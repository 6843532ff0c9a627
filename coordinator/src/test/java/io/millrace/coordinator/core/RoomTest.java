package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.FanOutFixture.fanOut;
import static io.millrace.coordinator.core.FanOutFixture.say;
import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.RunFixture.targets;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A run may fill its room to the brim (R10), whatever takes it. Of everything there is room for 4.
 */
class RoomTest {
  private static final Duration DAY = Duration.ofDays(1);

  private RunFixture run = with(step("work").accepts("Work"));

  private static RunFixture with(StepBuilder... more) {
    List<StepBuilder> steps = new ArrayList<>(List.of(more));
    steps.add(step("first").accepts("Begin").emits("A", "B", "Work").fansOut("Part"));
    return new RunFixture(null, steps.toArray(StepBuilder[]::new))
        .limits(new Limits(DAY, DAY, DAY, 100, 100, 4, 100, 4, 100, 100));
  }

  private List<RunEffect> begin(StepEffect... effects) {
    return run.complete(target(run.start(), "first"), effects);
  }

  @Test
  void R10_an_execution_that_ends_makes_room_for_one_that_follows_from_it() {
    Target work = targets(begin(repeat(4, emit("Work")))).get(0);
    assertThat(run.running().open()).isEqualTo(4);

    run.complete(work, emit("Work"));

    assertThat(run.running().open()).isEqualTo(4);
  }

  @Test
  void R10_as_many_events_are_put_aside_as_executions_may_be_open() {
    begin(repeat(4, emit("Nobody")));
    assertThat(run.running().parked()).isEqualTo(4);

    List<RunEffect> effects = run.apply(run.external(run.event("Nobody")));

    assertThat(RunFixture.refusal(effects)).isEqualTo(Answer.Code.LIMIT_EXCEEDED);
    assertThat(run.running().parked()).isEqualTo(4);
  }

  @Test
  void R10_what_goes_to_the_client_or_to_a_human_is_not_put_aside() {
    begin(repeat(6, emit("Ask")));

    assertThat(run.running().prompts()).isEqualTo(6);
  }

  @Test
  void R10_complete_sets_of_a_join_take_room_and_what_it_waits_with_does_not() {
    run = with(step("merge").joins("A", "B"));
    begin(repeat(4, say("A", "a"), say("B", "b")));
    assertThat(run.running().open()).isEqualTo(4);

    run = with(step("merge").joins("A", "B"));
    begin(repeat(5, say("A", "a"), say("B", "b")));
    assertFailedBy("maxOpenExecutions is 4, this has 5");

    run = with(step("merge").joins("A", "B"), step("work").accepts("Work"));
    begin(repeat(6, say("A", "a")));
    assertThat(run.running().buffered()).isEqualTo(6);
    for (int i = 0; i < 4; i++) {
      assertThat(run.apply(run.external(run.event("B")))).hasSize(2);
    }
    assertThat(RunFixture.refusal(run.apply(run.external(run.event("B")))))
        .isEqualTo(Answer.Code.LIMIT_EXCEEDED);
  }

  @Test
  void R10_a_join_of_more_parameters_than_a_set_may_have_fails_the_run() {
    run = with(step("merge").joins("A", "A", "A", "A"));
    begin(say("A", "a"));
    assertThat(run.running().buffered()).isEqualTo(1);

    run = with(step("merge").joins("A", "A", "A", "A", "B"));
    begin(say("A", "a"));
    assertFailedBy("maxSetSize is 4, this has 5");
  }

  @Test
  void R10_a_fan_out_may_join_as_many_as_a_set_may_have_and_take_bounds_it_itself() {
    run = with(step("join").accepts("Part").joinsFanOut(0));
    begin(fanOut("Part", "1", "2", "3", "4"));
    assertThat(run.running().open()).isEqualTo(1);

    run = with(step("join").accepts("Part").joinsFanOut(0));
    begin(fanOut("Part", "1", "2", "3", "4", "5"));
    assertFailedBy("maxSetSize is 4, this has 5");

    run = with(step("join").accepts("Part").joinsFanOut(2));
    begin(fanOut("Part", "1", "2", "3", "4", "5"));
    assertThat(run.running().open()).isEqualTo(1);
  }

  @Test
  void R10_what_has_arrived_at_a_join_counts_with_what_is_to_come() {
    run =
        with(
            step("part").accepts("Part").emits("Sum").maxOpenPerRun(9),
            step("join").accepts("Sum").joinsFanOut(0));
    List<Target> parts = targets(begin(fanOut("Part", "1", "2")));
    run.complete(parts.get(0), repeat(3, say("Sum", "s")));

    run.complete(parts.get(1), repeat(2, say("Sum", "s")));

    assertFailedBy("maxSetSize is 4, this has 5");
  }

  @Test
  void R10_an_event_outside_every_fan_out_is_no_part_of_a_set() {
    run = with(step("join").accepts("Work").joinsFanOut(0));

    begin(repeat(5, emit("Work")));

    assertThat(run.running().open()).isZero();
  }

  private static StepEffect[] repeat(int times, StepEffect... effects) {
    return Collections.nCopies(times, List.of(effects)).stream()
        .flatMap(List::stream)
        .toArray(StepEffect[]::new);
  }

  private void assertFailedBy(String message) {
    assertThat(run.error().type()).isEqualTo("LimitExceeded");
    assertThat(run.error().message()).isEqualTo(message);
  }
}
