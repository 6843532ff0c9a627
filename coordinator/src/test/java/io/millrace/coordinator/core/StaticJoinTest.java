package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.FanOutFixture.fanOut;
import static io.millrace.coordinator.core.FanOutFixture.say;
import static io.millrace.coordinator.core.FanOutFixture.texts;
import static io.millrace.coordinator.core.RunFixture.collect;
import static io.millrace.coordinator.core.RunFixture.collected;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.RunFixture.targets;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Joins by parameters (C6), and where a set belongs (law 17). */
class StaticJoinTest {
  private RunFixture run = merging(step("merge").joins("A", "B"));

  private static RunFixture merging(StepBuilder... more) {
    List<StepBuilder> steps = new ArrayList<>(List.of(more));
    steps.add(step("first").accepts("Begin").emits("A", "B", "A1").fansOut("Work"));
    steps.add(step("work").accepts("Work").emits("A", "B", "C"));
    return new RunFixture(null, steps.toArray(StepBuilder[]::new));
  }

  @AfterEach
  void counters_agree_with_the_store() {
    Counters.check(run.store);
  }

  private List<RunEffect> begin(StepEffect... effects) {
    return run.complete(target(run.start(), "first"), effects);
  }

  @Test
  void C6_a_join_is_invoked_once_with_a_complete_set_and_never_for_the_parts() {
    List<RunEffect> effects = begin(say("B", "b"), say("A", "a"));

    assertThat(targets(effects)).hasSize(1);
    assertThat(texts(target(effects, "merge"))).containsExactly("a", "b");
    assertThat(FanOutFixture.text(RunFixture.dispatches(effects).get(0).event())).isEqualTo("a");
    assertThat(run.running().buffered()).isZero();
  }

  @Test
  void C6_a_join_fires_once_per_complete_set_and_keeps_the_surplus_first_in_first_out() {
    List<Target> fired =
        targets(
            begin(say("A", "a1"), say("A", "a2"), say("A", "a3"), say("B", "b1"), say("B", "b2")));

    assertThat(fired)
        .extracting(FanOutFixture::texts)
        .containsExactly(List.of("a1", "b1"), List.of("a2", "b2"));
    assertThat(run.running().buffered()).isEqualTo(1);
  }

  @Test
  void C6_the_same_type_twice_comes_by_arrival() {
    run = merging(step("merge").joins("A", "B", "A"));

    Target merge = target(begin(say("A", "a1"), say("B", "b"), say("A", "a2")), "merge");

    assertThat(texts(merge)).containsExactly("a1", "b", "a2");
  }

  @Test
  void C6_the_set_comes_again_with_a_lost_worker_and_goes_with_the_execution() {
    Target merge = target(begin(say("A", "a"), say("B", "b")), "merge");

    assertThat(target(run.apply(run.lost(merge, null)), "merge")).isEqualTo(merge);

    run.complete(merge);
    assertThat(run.store.scan(Entry.Joined.class, null, 9)).isEmpty();
  }

  @Test
  void C6_other_steps_get_the_parts_as_usual_and_an_addressed_event_is_only_for_its_step() {
    run = merging(step("merge").joins("A", "B"), step("each").accepts("A"));

    assertThat(targets(begin(say("A", "a")))).extracting(Target::step).containsExactly("each");
    assertThat(run.running().buffered()).isEqualTo(1);

    run = merging(step("merge").joins("A", "B"), step("each").accepts("A"));
    begin(RunFixture.emit("A", "each"));
    assertThat(run.running().buffered()).isZero();
  }

  @Test
  void C6_a_subtype_stands_for_its_supertype_if_the_step_opts_in() {
    run = merging(step("merge").joins("A", "B").takesSubtypes("A1", "A"));

    assertThat(texts(target(begin(say("B", "b"), say("A1", "a")), "merge")))
        .containsExactly("a", "b");
  }

  @Test
  void R6_a_run_that_waits_for_the_rest_of_a_set_is_stalled_and_says_what_is_missing() {
    begin(say("A", "a"));

    run.fireGraceOut();

    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.STALLED);
    assertThat(run.outcome().reason()).contains("merge/join holds {A=1} and lacks {B=1}");
  }

  @Test
  void law_17_a_set_from_one_branch_goes_on_in_its_fan_out() {
    run =
        merging(
            step("merge").joins("A", "B").emits("C"), step("gather").accepts("C").joinsFanOut(0));
    List<Target> work = targets(begin(fanOut("Work", "0", "1")));
    assertThat(targets(run.complete(work.get(1)))).isEmpty();

    Target merge = target(run.complete(work.get(0), say("A", "a"), say("B", "b")), "merge");

    assertThat(run.running().fanOuts()).isEqualTo(1);
    assertThat(texts(target(run.complete(merge, say("C", "c")), "gather"))).containsExactly("c");
  }

  @Test
  void law_17_a_set_from_two_fan_outs_goes_on_in_the_lowest_one_around_both() {
    run =
        new RunFixture(
            null,
            step("first").accepts("Begin").fansOut("Row"),
            step("row").accepts("Row").emits("A").fansOut("Cell"),
            step("cell").accepts("Cell").emits("B"),
            step("merge").joins("A", "B").emits("C"),
            step("inner").accepts("B").joinsFanOut(0),
            step("outer").accepts("C").joinsFanOut(0));
    List<Target> rows = targets(begin(fanOut("Row", "0", "1")));
    String outer = run.execution(rows.get(0)).lineage().fanOut();
    List<Target> left = targets(run.complete(rows.get(0), fanOut("Cell", "0")));
    List<Target> leftClosed = targets(run.complete(left.get(0), say("B", "b")));
    // The inner fan-out has closed, what it made is held: its place is not forgotten.
    Target inner = leftClosed.get(0);
    assertThat(inner.step()).isEqualTo("inner");
    assertThat(targets(run.complete(inner))).isEmpty();

    Target merge = target(run.complete(rows.get(1), say("A", "a")), "merge");

    assertThat(texts(merge)).containsExactly("a", "b");
    assertThat(run.execution(merge).lineage()).isEqualTo(new Lineage(outer, "a0", 0));
  }

  @Test
  void law_17_a_collected_set_moves_its_execution_around_all_members() {
    run =
        merging(
            step("join").accepts("A", "B").emits("C"), step("gather").accepts("C").joinsFanOut(0));
    List<Target> all =
        targets(begin(say("A", "a"), fanOut("Work", "0")[0], fanOut("Work", "0")[1]));
    Target outside = all.stream().filter(t -> t.step().equals("join")).findFirst().orElseThrow();
    Target work = all.stream().filter(t -> t.step().equals("work")).findFirst().orElseThrow();
    run.complete(outside, collect("A", "B"));
    Target inside = target(run.complete(work, say("B", "b")), "join");
    assertThat(run.running().fanOuts()).isEqualTo(1);

    List<RunEffect> effects = run.complete(inside, collect("A", "B"));

    // The fan-out has ended with it: the set is not of it any more.
    Target fired =
        targets(effects).stream().filter(t -> !t.sets().isEmpty()).findFirst().orElseThrow();
    assertThat(run.execution(fired).lineage()).isEqualTo(Lineage.ROOT);
    assertThat(run.running().fanOuts()).isZero();
    run.complete(fired, collected("A", "B"));
  }

  @Test
  void C6_every_complete_set_fires_exactly_once_whatever_the_order() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      run = merging(step("merge").joins("A", "A", "B"));
      int width = random.nextInt(30);
      String[] texts = new String[width];
      Arrays.setAll(texts, i -> "" + i);
      List<Target> pending = new ArrayList<>(targets(begin(fanOut("Work", texts))));
      Map<String, Integer> made = new TreeMap<>(Map.of("A", 0, "B", 0));
      List<Target> fired = new ArrayList<>();
      while (!pending.isEmpty()) {
        Target next = pending.remove(random.nextInt(pending.size()));
        String type = random.nextInt(3) > 0 ? "A" : "B";
        made.merge(type, 1, Integer::sum);
        fired.addAll(targets(run.complete(next, say(type, "" + made))));
        Counters.check(run.store);
      }
      int sets = Math.min(RunFixture.there(made.get("A")) / 2, RunFixture.there(made.get("B")));
      assertThat(fired).as("seed %d", seed).hasSize(sets);
      assertThat(fired.stream().flatMap(t -> texts(t).stream())).doesNotHaveDuplicates();
      assertThat(run.running().buffered()).isEqualTo(width - 3 * sets);
    }
  }
}
