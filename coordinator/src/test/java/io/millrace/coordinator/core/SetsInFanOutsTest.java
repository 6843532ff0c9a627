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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Where sets that were collected belong if fan-outs are around them (law 17), and late arrivals.
 */
class SetsInFanOutsTest {
  private final RunFixture run =
      new RunFixture(
          null,
          step("first").accepts("Begin").fansOut("Row"),
          step("row").accepts("Row").emits("A").fansOut("Cell"),
          step("cell").accepts("Cell").emits("B"),
          step("set").accepts("A", "B").emits("C"),
          step("inner").accepts("B").joinsFanOut(0),
          step("outer").accepts("C").joinsFanOut(0));

  @AfterEach
  void counters_agree_with_the_store() {
    Counters.check(run.store);
  }

  @Test
  void law_17_an_execution_that_gets_a_set_goes_on_in_the_fan_out_around_all_of_it() {
    List<Target> rows =
        targets(run.complete(target(run.start(), "first"), fanOut("Row", "0", "1")));
    Target a = target(run.complete(rows.get(1), say("A", "a")), "set");
    run.complete(a, collect("A", "B"));
    Target cell = target(run.complete(rows.get(0), fanOut("Cell", "0")), "cell");
    Target b = target(run.complete(cell, say("B", "b")), "set");

    List<RunEffect> effects = run.complete(b, collect("A", "B"));

    Target fired =
        targets(effects).stream().filter(t -> !t.sets().isEmpty()).findFirst().orElseThrow();
    Counters.check(run.store);
    // The inner fan-out has ended by it, the outer one waits for what comes of the set.
    assertThat(texts(target(effects, "inner"))).containsExactly("b");
    targets(effects).stream().filter(t -> t.joined() != null).forEach(run::complete);
    assertThat(run.running().fanOuts()).isEqualTo(1);
    run.complete(fired, collected("A", "B"), say("C", "c"));
    assertThat(run.running().fanOuts()).isZero();
  }

  @Test
  void C7_what_arrives_after_a_join_took_enough_is_dropped_and_not_called_unhandled() {
    RunFixture takes =
        new RunFixture(
            null,
            step("first").accepts("Begin").fansOut("Part"),
            step("part").accepts("Part").emits("Sum"),
            step("join").accepts("Sum").joinsFanOut(2));
    List<Target> parts =
        targets(takes.complete(target(takes.start(), "first"), fanOut("Part", "0", "1", "2")));
    takes.complete(parts.get(0), say("Sum", "0"));
    assertThat(texts(target(takes.complete(parts.get(1), say("Sum", "1")), "join")))
        .containsExactly("0", "1");

    takes.complete(parts.get(2), say("Sum", "2"));

    assertThat(takes.inspect().notes()).noneMatch(note -> note.contains("unhandled"));
  }

  @Test
  void C7_a_join_that_takes_fewer_since_a_deployment_gets_no_more_than_that() {
    RunFixture takes =
        new RunFixture(
            null,
            step("first").accepts("Begin").fansOut("Part"),
            step("join").accepts("Part").joinsFanOut(0),
            step("work").accepts("Part").emits("Part"));
    List<Target> work =
        targets(takes.complete(target(takes.start(), "first"), fanOut("Part", "0", "1")));
    takes.deploy(step("join").accepts("Part").joinsFanOut(1));

    List<RunEffect> effects = takes.complete(work.get(1), say("Part", "2"));

    assertThat(texts(target(effects, "join"))).containsExactly("0");
  }

  @Test
  void law_17_a_set_that_leaves_the_event_behind_which_completed_it_goes_on_where_it_belongs() {
    RunFixture sets =
        new RunFixture(
            null,
            step("first").accepts("Begin").fansOut("Part"),
            step("part").accepts("Part").emits("A", "B"),
            step("set").accepts("A", "B"));
    StepEffect[] list = fanOut("Part", "0", "1");
    List<Target> all =
        targets(
            sets.complete(target(sets.start(), "first"), say("A", "x"), list[0], list[1], list[2]));
    Target outside = all.get(0);
    assertThat(outside.step()).isEqualTo("set");
    List<Target> inside = targets(sets.complete(all.get(1), say("A", "a"), say("B", "b")));
    String fanOut = sets.execution(all.get(2)).lineage().fanOut();
    inside.forEach(target -> sets.complete(target, collect("A", "A", "B", "B")));

    Target fired = target(sets.complete(outside, collect("A", "B")), "set");

    assertThat(fired.sets().get(0).events())
        .extracting(FanOutFixture::text)
        .containsExactly("a", "b");
    assertThat(sets.execution(fired).lineage().fanOut()).isEqualTo(fanOut);
    assertThat(sets.running().buffered()).isEqualTo(1);
    Counters.check(sets.store);
  }
}
