package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.FanOutFixture.fanOut;
import static io.millrace.coordinator.core.FanOutFixture.say;
import static io.millrace.coordinator.core.RunFixture.collect;
import static io.millrace.coordinator.core.RunFixture.collected;
import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.failure;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.RunFixture.targets;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Target;
import io.millrace.coordinator.core.RunInput.FailureKind;
import io.millrace.coordinator.core.StateValue.Whole;
import io.millrace.coordinator.core.StepEffect.RemoveState;
import io.millrace.coordinator.core.StepEffect.SetState;
import io.millrace.coordinator.core.StepEffect.UpdateState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is over leaves nothing behind, though the run goes on: long runs would fill up with it. */
class NothingLeftTest {
  private RunFixture run =
      new RunFixture(
          null,
          step("first").accepts("Begin"),
          step("work")
              .accepts("Work")
              .emits("Ask")
              .waitsFor("Reply")
              .readsAll()
              .retries(2, Duration.ofSeconds(1)),
          step("frail").accepts("Frail").maxLost(1).waitsFor("Reply"),
          step("rescue").catches(1, "*"));

  @AfterEach
  void counters_agree_with_the_store() {
    Counters.check(run.store);
  }

  @Test
  void law_3_a_dispatch_that_got_through_after_all_calls_off_its_repetition() {
    List<Target> work = begin(5, "Work");
    work.forEach(target -> run.apply(run.dispatchFailed(target)));
    assertThat(retries()).hasSize(5);

    run.complete(work.get(0), collect("Work", "Work"));
    run.complete(work.get(1), collect("Work", "Work"));
    run.apply(RunFixture.suspension(work.get(2), null));
    run.apply(new RunInput.StepCompleted(work.get(3).token(), "w", "t", 1, 7, List.of(), 0));
    run.apply(failure(work.get(4), false));

    assertThat(retries()).isEmpty();
    assertThat(run.running().open()).isEqualTo(4);
  }

  @Test
  void law_3_so_does_one_that_loses_the_race_of_an_update_once_its_turn_comes() {
    List<Target> work = begin(3, "Work");
    run.complete(work.get(0), new UpdateState("k", 0, new Whole(1)));
    run.complete(work.get(1), new UpdateState("k", 0, new Whole(1)));
    run.apply(run.dispatchFailed(work.get(2)));

    run.complete(work.get(2), new UpdateState("k", 0, new Whole(1)));

    assertThat(retries()).isEmpty();
    assertThat(run.execution(work.get(2)).phase()).isEqualTo(Entry.Phase.CONTENDING);
  }

  @Test
  void law_2_a_retry_that_has_come_due_is_not_due_once_more() {
    Target work = begin(1, "Work").get(0);
    run.apply(failure(work, true));

    run.fire(Failures.RETRY + work.token().executionId());

    assertThat(retries()).isEmpty();
  }

  @Test
  void law_6_chunks_go_with_their_try_however_it_ends() {
    List<Target> work = begin(3, "Work");
    work.forEach(this::chunk);
    run.apply(failure(work.get(0), true));
    assertThat(run.running().chunks()).isEqualTo(2);

    run.apply(RunFixture.suspension(work.get(1), null));
    assertThat(run.running().chunks()).isEqualTo(1);

    run.apply(failure(work.get(2), FailureKind.COMPLETION_REFUSED, true));
    assertThat(run.running().chunks()).isZero();
  }

  @Test
  void law_6_chunks_of_an_execution_that_is_given_up_go_with_it() {
    List<Target> frail = begin(2, "Frail");
    frail.forEach(this::chunk);

    target(run.apply(run.lost(frail.get(0), null)), "rescue");
    assertThat(run.running().chunks()).isEqualTo(1);

    Event tooBig = RunFixture.big("Ask", 900_001);
    target(run.apply(RunFixture.suspension(frail.get(1), tooBig)), "rescue");
    assertThat(run.running().chunks()).isZero();
  }

  @Test
  void R9_an_execution_that_has_ended_leaves_nothing_of_what_it_was_given() {
    List<Target> work = begin(3, "Work");
    run.complete(work.get(0), new SetState("k", new Whole(1)), collect("Work", "Work"));
    Target set = target(run.complete(work.get(1), collect("Work", "Work")), "work");
    Event ask = RunFixture.event("p", "Ask");
    run.apply(RunFixture.suspension(work.get(2), ask));
    String prompt = run.inspect().prompts().get(0).eventId();
    Target answered = target(run.apply(run.external(run.answerTo(prompt))), "work");
    assertThat(answered.answers()).hasSize(1);
    assertThat(count(Entry.SentState.class)).isEqualTo(2);

    run.complete(set, collected("Work", "Work"));
    Target caught = target(run.apply(failure(answered, false)), "rescue");
    run.complete(caught);

    assertThat(run.running().open()).isZero();
    assertThat(
            List.of(
                count(Entry.OpenExecution.class),
                count(Entry.SentState.class),
                count(Entry.ReservedSets.class),
                count(Entry.Answers.class),
                count(Entry.Caught.class),
                count(Entry.Waiter.class),
                count(Entry.InLine.class),
                count(Entry.OpenPrompt.class),
                retries().size()))
        .containsOnly(0);
    assertThat(run.store.scan(Entry.Timer.class, null, 9))
        .allMatch(timer -> timer.key().name().equals(Grace.GRACE));
  }

  @Test
  void law_1_a_lost_attempt_is_sent_the_state_of_its_own_dispatch_and_not_of_one_before() {
    List<Target> work = begin(3, "Work");
    List<Target> two =
        targets(
            run.complete(work.get(0), new SetState("k", new Whole(1)), emit("Work"), emit("Work")));
    Target first = two.get(0);
    Target second = two.get(1);
    run.complete(work.get(1), new RemoveState("k"));
    run.apply(failure(first, true));
    Target retried = target(run.fire(Failures.RETRY + first.token().executionId()), "work");
    run.complete(work.get(2), collect("Work", "Work"));
    Target reinvoked = target(run.complete(second, collect("Work", "Work")), "work");

    assertThat(RunFixture.dispatches(run.apply(run.lost(retried, null))).get(0).state()).isEmpty();
    assertThat(RunFixture.dispatches(run.apply(run.lost(reinvoked, null))).get(0).state())
        .isEmpty();
  }

  @Test
  void law_17_a_fan_out_is_known_for_as_long_as_one_of_its_events_is_held_and_no_longer() {
    run =
        new RunFixture(
            null,
            step("first").accepts("Begin").fansOut("Row"),
            step("row").accepts("Row").emits("A").fansOut("Cell"),
            step("cell").accepts("Cell").emits("B"),
            step("merge").joins("A", "B"));
    List<Target> rows =
        targets(run.complete(target(run.start(), "first"), fanOut("Row", "0", "1")));
    List<Target> cells = targets(run.complete(rows.get(0), fanOut("Cell", "0", "1")));
    run.complete(cells.get(0), say("B", "b"));
    run.complete(cells.get(1), say("B", "b"));
    assertThat(run.store.scan(Entry.FanOut.class, null, 9))
        .extracting(found -> found.entry().closed())
        .containsExactlyInAnyOrder(true, false);

    StepEffect empty = fanOut("Cell")[0];
    List<Target> merges = targets(run.complete(rows.get(1), empty, say("A", "a"), say("A", "a")));

    assertThat(merges).hasSize(2);
    String outer = run.execution(merges.get(0)).lineage().fanOut();
    assertThat(run.execution(merges.get(1)).lineage().fanOut()).isEqualTo(outer);
    assertThat(run.store.scan(Entry.FanOut.class, null, 9))
        .extracting(found -> found.key().name())
        .containsExactly(outer);
  }

  private void chunk(Target target) {
    run.apply(new RunInput.CompletionChunk(target.token(), "w-1", 0, List.of(), Bytes.EMPTY));
  }

  private List<Target> begin(int count, String type) {
    StepEffect[] effects = new StepEffect[count];
    Arrays.fill(effects, emit(type));
    return targets(run.complete(target(run.start(), "first"), effects));
  }

  private List<String> retries() {
    return run.store.scan(Entry.Timer.class, null, 99).stream()
        .map(found -> found.key().name())
        .filter(name -> name.startsWith(Failures.RETRY))
        .toList();
  }

  private int count(Class<? extends Entry> kind) {
    return run.store.scan(kind, null, 99).size();
  }
}
