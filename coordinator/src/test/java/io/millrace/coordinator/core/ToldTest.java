package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.RunFixture.collect;
import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.failure;
import static io.millrace.coordinator.core.RunFixture.internals;
import static io.millrace.coordinator.core.RunFixture.only;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.RunFixture.targets;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.InternalKind;
import io.millrace.coordinator.core.RunEffect.Target;
import io.millrace.coordinator.core.StateValue.Whole;
import io.millrace.coordinator.core.StepEffect.SetState;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What people are told of a run beside its outcome: internal events (O2), notes and reasons (R8).
 */
class ToldTest {
  private final RunFixture run =
      new RunFixture(
          null,
          step("first").accepts("Begin"),
          step("work").accepts("Work", "More").emits("Part").retries(2, Duration.ofSeconds(1)),
          step("frail").accepts("Frail"),
          step("rescue").catches(1, "work").emits("Work"));

  @Test
  void O2_a_step_that_has_completed_is_told_to_those_who_asked_for_it() {
    assertThat(internals(run.complete(target(told(), "first"))))
        .containsExactly(InternalKind.STEP_COMPLETED);
  }

  @Test
  void O2_a_retry_and_what_it_follows_from_are_told() {
    Target work = begin(emit("Work")).get(0);

    List<RunEffect> effects = run.apply(failure(work, true));

    assertThat(internals(effects)).containsExactly(InternalKind.RETRY_SCHEDULED);
    assertThat(message(effects)).startsWith("Boom: it broke; again in PT");
    assertThat(lastNote()).contains("retry of work after Boom: it broke; again in PT");
  }

  @Test
  void O2_a_recovery_and_its_handler_are_told() {
    List<RunEffect> effects = run.apply(failure(begin(emit("Work")).get(0), false));

    assertThat(internals(effects)).containsExactly(InternalKind.RETRY_SCHEDULED);
    assertThat(message(effects)).isEqualTo("Boom: it broke; step rescue handles it");
  }

  @Test
  void O2_a_lost_worker_is_told() {
    List<RunEffect> effects = run.apply(run.lost(begin(emit("Work")).get(0), null));

    assertThat(internals(effects)).containsExactly(InternalKind.WORKER_LOST);
    assertThat(message(effects)).isEqualTo("silent");
  }

  @Test
  void C2_an_event_that_a_buffer_ignores_is_told() {
    List<RunEffect> effects = run.complete(begin(emit("More")).get(0), collect("A", "B"));

    assertThat(internals(effects))
        .containsExactly(InternalKind.EVENT_IGNORED, InternalKind.STEP_COMPLETED);
  }

  @Test
  void C5_a_set_that_is_not_asked_for_again_is_gone_and_that_is_told() {
    List<Target> work = begin(emit("Work"), emit("More"));
    run.complete(work.get(0), collect("Work", "More"));
    Target fired = target(run.complete(work.get(1), collect("Work", "More")), "work");

    List<RunEffect> effects = run.complete(fired);

    assertThat(internals(effects))
        .containsExactly(InternalKind.EVENT_IGNORED, InternalKind.STEP_COMPLETED);
    assertThat(lastNote()).contains("the set of buffer 'default' was not asked for again");
  }

  @Test
  void C5_a_set_that_is_asked_for_again_is_nothing_to_tell() {
    List<Target> work = begin(emit("Work"), emit("More"));
    run.complete(work.get(0), collect("Work", "More"));
    Target fired = target(run.complete(work.get(1), collect("Work", "More")), "work");

    List<RunEffect> effects = run.complete(fired, RunFixture.collected("Work", "More"));

    assertThat(internals(effects)).containsExactly(InternalKind.STEP_COMPLETED);
  }

  @Test
  void law_2_word_of_a_dispatch_that_is_no_longer_out_is_disregarded_and_told_why() {
    Target first = target(run.start(), "first");
    RunInput again = run.dispatchFailed(first);
    run.apply(again);

    assertThat(detail(run.apply(again)))
        .startsWith("dispatch ")
        .contains("failed, the execution is RETRYING with dispatch ");
    assertThat(detail(run.apply(run.lost(first, null))))
        .contains("got lost, the execution is RETRYING with dispatch ");
  }

  @Test
  void E4_a_run_that_fails_after_a_recovery_says_that_it_was_tried_and_it_was_only_so_often() {
    Target rescue = target(run.apply(failure(begin(emit("Work")).get(0), false)), "rescue");
    Target again = target(run.complete(rescue, emit("Work")), "work");

    run.apply(failure(again, false));

    assertThat(run.outcome().reason())
        .isEqualTo(
            "step work: Boom: it broke; recovery was tried: 1 failure(s) that led here had been"
                + " handled");
  }

  @Test
  void R4_a_run_that_fails_without_a_recovery_says_nothing_of_one() {
    run.apply(failure(begin(emit("Frail")).get(0), false));

    assertThat(run.outcome().reason()).isEqualTo("step frail: Boom: it broke");
  }

  @Test
  void R8_buffers_tell_what_they_hold_and_lack_and_which_sets_are_out() {
    RunFixture joins =
        new RunFixture(
            null,
            step("first").accepts("Begin").fansOut("Part"),
            step("part").accepts("Part").emits("Sum"),
            step("sum").accepts("Sum").joinsFanOut(0),
            step("work").accepts("Work", "More"));
    StepEffect[] list = FanOutFixture.fanOut("Part", "a", "b");
    List<Target> all =
        targets(
            joins.complete(
                target(joins.start(), "first"),
                list[0],
                list[1],
                list[2],
                emit("Work"),
                emit("Work"),
                emit("More"),
                emit("Work")));
    joins.complete(all.get(0), emit("Sum"));
    StepEffect three =
        new StepEffect.Collect("three", RunFixture.runs("Work", "Work", "Late"), null, false);
    joins.complete(all.get(2), three);
    joins.complete(all.get(3), collect("Work", "More"));
    joins.complete(all.get(4), collect("Work", "More"));

    assertThat(joins.inspect().buffers())
        .containsExactlyInAnyOrder(
            new Outcome.BufferDiagnosis(
                "work", "three", Map.of("Work", 1), Map.of("Work", 1, "Late", 1)),
            new Outcome.BufferDiagnosis("work", "default", Map.of("Work", 1, "More", 1), Map.of()),
            new Outcome.BufferDiagnosis(
                "sum", "fan-out of first", Map.of("arrived", 1), Map.of("still open", 1)));
  }

  @Test
  void R8_a_run_tells_whom_it_has_asked_in_the_order_of_asking_and_what_is_put_aside() {
    Target first = target(run.start(), "first");
    SetState state = new SetState("k", new Whole(1));
    List<Target> frail =
        targets(run.complete(first, emit("Frail"), emit("Frail"), emit("Nobody"), state));
    run.apply(RunFixture.suspension(frail.get(0), RunFixture.event("p", "AskMore")));
    run.complete(frail.get(1), emit("Ask"));

    Answer.Snapshot told = run.inspect();

    assertThat(told.prompts())
        .extracting(Answer.PromptInfo::eventType)
        .containsExactly("AskMore", "Ask");
    assertThat(told.waiters()).extracting(Answer.WaiterInfo::step).containsExactly("frail");
    assertThat(told.parked()).containsExactly("Nobody");
    assertThat(told.stateKeys()).containsExactly("k");
    assertThat(told.startedAt()).isEqualTo(run.now);
    assertThat(told.executions())
        .singleElement()
        .satisfies(e -> assertThat(e.phase()).isEqualTo("SUSPENDED"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 1_001})
  void of_each_list_a_thousand_are_told_and_whether_there_is_more(int width) {
    begin(Collections.nCopies(width, emit("Work")).toArray(StepEffect[]::new));

    Answer.Snapshot told = run.inspect();

    assertThat(told.executions()).hasSize(1_000);
    assertThat(told.truncated()).isEqualTo(width > 1_000);
  }

  private List<RunEffect> told() {
    return run.apply(run.startInput(null, true));
  }

  private List<Target> begin(StepEffect... effects) {
    return targets(run.complete(target(told(), "first"), effects));
  }

  private String lastNote() {
    List<String> notes = run.inspect().notes();
    return notes.get(notes.size() - 1);
  }

  private static String message(List<RunEffect> effects) {
    RunEffect.Fact fact = only(effects, RunEffect.Publish.class).get(0).fact();
    return ((RunEffect.Fact.Internal) fact).message();
  }

  private static String detail(List<RunEffect> effects) {
    return only(effects, RunEffect.Disregard.class).get(0).detail();
  }
}
