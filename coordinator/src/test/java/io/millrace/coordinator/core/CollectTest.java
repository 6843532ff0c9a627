package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.RunFixture.collect;
import static io.millrace.coordinator.core.RunFixture.collected;
import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.failure;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.RunFixture.targets;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Target;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollectTest {
  private final RunFixture run =
      new RunFixture(
          null,
          step("first").accepts("Begin").emits("A", "B", "C"),
          step("join")
              .accepts("A", "B", "C")
              .emits("Done", "Out")
              .retries(3, Duration.ofSeconds(1)),
          step("out").accepts("Out"));

  @Test
  void C1_the_set_comes_in_the_order_asked_and_same_types_by_arrival() {
    List<Target> all = begin("B", "A", "A");
    run.complete(all.get(0), collect("A", "A", "B"));
    run.complete(all.get(2), collect("A", "A", "B"));

    Target fired = target(run.complete(all.get(1), collect("A", "A", "B")), "join");

    assertThat(fired.token().executionId()).isEqualTo(all.get(1).token().executionId());
    assertThat(fired.token().round()).isEqualTo(1);
    assertThat(fired.sets()).hasSize(1);
    assertThat(fired.sets().get(0).events()).extracting(Event::type).containsExactly("A", "A", "B");
    assertThat(fired.sets().get(0).events()).extracting(Event::id).doesNotHaveDuplicates();
  }

  @Test
  void C2_surplus_is_kept_for_the_next_set() {
    List<Target> all = begin("A", "A", "B", "B");
    run.complete(all.get(0), collect("A", "B"));
    run.complete(all.get(1), collect("A", "B"));
    Target one = target(run.complete(all.get(2), collect("A", "B")), "join");
    Target two = target(run.complete(all.get(3), collect("A", "B")), "join");

    assertThat(one.sets().get(0).events().get(0).id())
        .isNotEqualTo(two.sets().get(0).events().get(0).id());
    assertThat(targets(run.complete(two, collected("A", "B"), emit("Out")))).hasSize(1);
    assertThat(targets(run.complete(one, collected("A", "B"), emit("Out")))).hasSize(1);
    assertThat(run.running().buffered()).isZero();
    assertThat(run.inspect().buffers()).isEmpty();
  }

  @Test
  void C2_an_event_that_is_not_expected_is_ignored_and_noted() {
    run.complete(begin("C").get(0), collect("A", "B"));

    assertThat(run.inspect().notes()).anyMatch(note -> note.contains("C is not among those"));
    assertThat(run.running().buffered()).isZero();
  }

  @Test
  void C3_an_event_counts_once_per_buffer_however_often_it_is_offered() {
    run.complete(begin("A").get(0), collect("A", "A"), collect("A", "A"));

    assertThat(run.running().buffered()).isEqualTo(1);
  }

  @Test
  void C4_a_retry_of_the_firing_attempt_gets_the_same_set() {
    List<Target> all = begin("A", "B");
    run.complete(all.get(0), collect("A", "B"));
    Target fired = target(run.complete(all.get(1), collect("A", "B")), "join");
    run.apply(failure(fired, true));

    Target retry = target(run.fire(Failures.RETRY + fired.token().executionId()), "join");

    assertThat(retry.sets()).isEqualTo(fired.sets());
    run.complete(retry, collected("A", "B"), emit("Done"));
    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
  }

  @Test
  void C5_the_buffer_is_emptied_of_a_set_when_the_firing_attempt_completes() {
    List<Target> all = begin("A", "B");
    run.complete(all.get(0), collect("A", "B"));
    Target fired = target(run.complete(all.get(1), collect("A", "B")), "join");
    assertThat(run.inspect().buffers()).hasSize(1);

    run.complete(fired, collected("A", "B"));

    assertThat(run.inspect().buffers()).isEmpty();
  }

  @Test
  void law_7_what_a_pass_did_beside_completing_a_set_is_dropped() {
    List<Target> all = begin("A", "B");
    run.complete(all.get(0), collect("A", "B"));

    List<RunEffect> effects =
        run.complete(all.get(1), emit("Out"), collect("A", "B"), emit("Done"));

    assertThat(targets(effects)).extracting(Target::step).containsExactly("join");
    assertThat(run.running().open()).isEqualTo(1);
  }

  @Test
  void C1_correlation_keys_have_buffers_of_their_own() {
    List<Target> all = begin("A", "B");
    run.complete(all.get(0), new StepEffect.Collect("x", RunFixture.runs("A", "B"), "left", false));
    run.complete(
        all.get(1), new StepEffect.Collect("x", RunFixture.runs("A", "B"), "right", false));

    assertThat(run.running().buffered()).isEqualTo(2);
    assertThat(run.inspect().buffers())
        .extracting(Outcome.BufferDiagnosis::bufferId)
        .containsExactlyInAnyOrder("x[left]", "x[right]");
  }

  @Test
  void R6_a_run_in_which_nothing_can_happen_any_more_is_stalled_and_says_why() {
    run.complete(begin("A").get(0), collect("A", "B"));

    run.fireGraceOut();

    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.STALLED);
    assertThat(run.outcome().reason()).contains("join/default holds {A=1} and lacks {B=1}");
  }

  @Test
  void R6_a_supertype_of_what_a_step_emits_does_not_come_from_outside_alone() {
    RunFixture subtypes =
        new RunFixture(
            null,
            step("first").accepts("Begin").emits("Sub"),
            step("base").accepts("Base").takesSubtypes("Sub", "Base"));
    Target first = target(subtypes.start(), "first");
    subtypes.complete(target(subtypes.complete(first, emit("Sub")), "base"));

    subtypes.fireGraceOut();

    assertThat(subtypes.outcome().status()).isEqualTo(Outcome.Status.STALLED);
  }

  private List<Target> begin(String... types) {
    StepEffect[] emits = new StepEffect[types.length];
    for (int i = 0; i < types.length; i++) {
      emits[i] = emit(types[i]);
    }
    return targets(run.complete(target(run.start(), "first"), emits));
  }
}
