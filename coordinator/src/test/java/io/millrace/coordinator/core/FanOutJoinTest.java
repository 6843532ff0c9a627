package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.FanOutFixture.fanOut;
import static io.millrace.coordinator.core.FanOutFixture.member;
import static io.millrace.coordinator.core.FanOutFixture.say;
import static io.millrace.coordinator.core.FanOutFixture.texts;
import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.failure;
import static io.millrace.coordinator.core.RunFixture.suspension;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.RunFixture.targets;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Joins over a fan-out (C7). */
class FanOutJoinTest {
  private RunFixture run = scatter(step("gather").accepts("Part").emits("Out").joinsFanOut(0));

  private static RunFixture scatter(StepBuilder... joins) {
    List<StepBuilder> steps = new ArrayList<>(List.of(joins));
    steps.add(step("first").accepts("Begin").fansOut("Work"));
    steps.add(
        step("work")
            .accepts("Work", "Reply")
            .emits("Part", "Ask", "Later")
            .retries(3, Duration.ofSeconds(1)));
    steps.add(step("out").accepts("Out"));
    return new RunFixture(null, steps.toArray(StepBuilder[]::new));
  }

  @AfterEach
  void counters_agree_with_the_store() {
    Counters.check(run.store);
  }

  private List<Target> members(String... texts) {
    return targets(run.complete(target(run.start(), "first"), fanOut("Work", texts)));
  }

  @Test
  void C7_a_join_fires_when_all_branches_have_ended_in_emission_order() {
    List<Target> members = members("a", "b", "c");
    assertThat(targets(run.complete(members.get(2), say("Part", "3")))).isEmpty();
    assertThat(targets(run.complete(members.get(0), say("Part", "1")))).isEmpty();

    Target gather = target(run.complete(members.get(1), say("Part", "2")), "gather");

    assertThat(texts(gather)).containsExactly("1", "2", "3");
    assertThat(run.running().fanOuts()).isZero();
    assertThat(run.store.scan(Entry.Arrived.class, null, 9)).isEmpty();
  }

  @Test
  void C7_the_join_is_told_by_an_event_without_a_value_that_stands_for_the_set() {
    Target member = members("a").get(0);

    List<RunEffect> effects = run.complete(member, say("Part", "1"));

    RunEffect.Dispatch dispatch = RunFixture.dispatches(effects).get(0);
    assertThat(dispatch.event().type()).isEqualTo("Part");
    assertThat(dispatch.event().value()).isEqualTo(Bytes.EMPTY);
    assertThat(dispatch.event().id()).hasSize(32);
  }

  @Test
  void C7_a_branch_that_ends_with_null_drops_out() {
    List<Target> members = members("a", "b", "c");
    run.complete(members.get(0), say("Part", "1"));
    run.complete(members.get(2), say("Part", "3"));

    assertThat(texts(target(run.complete(members.get(1)), "gather"))).containsExactly("1", "3");
  }

  @Test
  void C7_if_every_branch_ends_with_null_the_join_fires_with_nothing() {
    List<Target> members = members("a", "b");
    run.complete(members.get(0));

    assertThat(texts(target(run.complete(members.get(1)), "gather"))).isEmpty();
  }

  @Test
  void C7_an_empty_fan_out_fires_with_an_empty_list_at_once() {
    Target gather = target(run.complete(target(run.start(), "first"), fanOut("Work")), "gather");

    assertThat(texts(gather)).isEmpty();
    assertThat(run.running().fanOuts()).isZero();
  }

  @Test
  void C7_an_empty_fan_out_that_leads_to_no_join_just_closes() {
    run = scatter();

    assertThat(targets(run.complete(target(run.start(), "first"), fanOut("Work")))).isEmpty();
    assertThat(run.running().fanOuts()).isZero();
    assertThat(run.store.scan(Entry.FanOut.class, null, 9)).isEmpty();
  }

  @Test
  void C7_members_may_go_to_the_join_themselves() {
    run = scatter(step("direct").accepts("Work").joinsFanOut(0));
    List<Target> members = members("a", "b");
    assertThat(members).extracting(Target::step).containsExactly("work", "work");
    run.complete(members.get(1));

    assertThat(texts(target(run.complete(members.get(0)), "direct"))).containsExactly("a", "b");
  }

  @Test
  void C7_two_joins_on_one_fan_out_each_see_all_of_it() {
    run =
        scatter(
            step("gather").accepts("Part").joinsFanOut(0),
            step("count").accepts("Part", "Later").joinsFanOut(0));
    List<Target> members = members("a", "b");
    run.complete(members.get(1), say("Part", "2"), say("Later", "3"));

    List<Target> joins = targets(run.complete(members.get(0), say("Part", "1")));

    assertThat(joins).extracting(Target::step).containsExactly("count", "gather");
    assertThat(texts(joins.get(0))).containsExactly("1", "2", "3");
    assertThat(texts(joins.get(1))).containsExactly("1", "2");
  }

  @Test
  void C7_what_a_branch_emits_several_steps_later_is_joined_in_its_place() {
    run =
        scatter(
            step("more").accepts("Later").emits("Part"),
            step("gather").accepts("Part").joinsFanOut(0));
    List<Target> members = members("a", "b");
    Target later =
        target(
            run.complete(members.get(0), say("Part", "1"), say("Later", "-"), say("Part", "3")),
            "more");
    assertThat(targets(run.complete(members.get(1), say("Part", "4")))).isEmpty();

    Target gather = target(run.complete(later, say("Part", "2")), "gather");

    assertThat(texts(gather)).containsExactly("1", "2", "3", "4");
  }

  @Test
  void C7_nested_fan_outs_join_inside_out() {
    run =
        new RunFixture(
            null,
            step("first").accepts("Begin").fansOut("Row"),
            step("row").accepts("Row").fansOut("Cell"),
            step("cell").accepts("Cell").fansOut("Dot"),
            step("dot").accepts("Dot").emits("Dotted"),
            step("cells").accepts("Dotted").emits("Celled").joinsFanOut(0),
            step("rows").accepts("Celled").emits("Rowed").joinsFanOut(0),
            step("table").accepts("Rowed").emits("Done").joinsFanOut(0));
    List<Target> rows =
        targets(run.complete(target(run.start(), "first"), fanOut("Row", "0", "1")));
    // The second row is empty and ends first.
    Target empty = target(run.complete(rows.get(1), fanOut("Cell")), "rows");
    assertThat(texts(empty)).isEmpty();
    run.complete(empty, say("Rowed", "row 1"));
    List<Target> cells = targets(run.complete(rows.get(0), fanOut("Cell", "0", "1")));
    List<Target> right = targets(run.complete(cells.get(1), fanOut("Dot", "0")));
    Target rightCells = target(run.complete(right.get(0), say("Dotted", "0.1.0")), "cells");
    assertThat(texts(rightCells)).containsExactly("0.1.0");
    assertThat(targets(run.complete(rightCells, say("Celled", "0.1")))).isEmpty();
    List<Target> left = targets(run.complete(cells.get(0), fanOut("Dot", "0", "1")));
    run.complete(left.get(1), say("Dotted", "0.0.1"));
    Target leftCells = target(run.complete(left.get(0), say("Dotted", "0.0.0")), "cells");
    assertThat(texts(leftCells)).containsExactly("0.0.0", "0.0.1");

    Target firstRow = target(run.complete(leftCells, say("Celled", "0.0")), "rows");
    assertThat(texts(firstRow)).containsExactly("0.0", "0.1");
    Target table = target(run.complete(firstRow, say("Rowed", "row 0")), "table");

    assertThat(texts(table)).containsExactly("row 0", "row 1");
    run.complete(table, emit("Done"));
    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
  }

  @Test
  void C7_a_retried_member_keeps_the_fan_out_open_and_is_counted_once() {
    List<Target> members = members("a", "b");
    run.apply(failure(members.get(0), true));
    assertThat(targets(run.complete(members.get(1), say("Part", "2")))).isEmpty();
    String retry = Failures.RETRY + members.get(0).token().executionId();
    Target again = target(run.fire(retry), "work");

    Target gather = target(run.complete(again, say("Part", "1")), "gather");

    assertThat(texts(gather)).containsExactly("1", "2");
    // The first try comes late.
    assertThat(targets(run.complete(members.get(0), say("Part", "1")))).isEmpty();
  }

  @Test
  void C7_a_recovered_member_is_counted_once_in_its_own_place() {
    run =
        scatter(
            step("gather").accepts("Part").joinsFanOut(0),
            step("rescue").catches(1, "work").emits("Part"));
    List<Target> members = members("a", "b");
    Target rescue = target(run.apply(failure(members.get(0), false)), "rescue");
    assertThat(targets(run.complete(members.get(1), say("Part", "2")))).isEmpty();

    assertThat(texts(target(run.complete(rescue, say("Part", "1")), "gather")))
        .containsExactly("1", "2");
  }

  @Test
  void C7_a_retry_of_the_join_gets_the_same_events_under_a_digest_that_covers_them() {
    run = scatter(step("gather").accepts("Part").joinsFanOut(0).retries(3, Duration.ofSeconds(1)));
    Target gather = target(run.complete(members("a").get(0), say("Part", "1")), "gather");
    Target other = target(run.apply(run.lost(gather, null)), "gather");
    assertThat(other).isEqualTo(gather);
    run.apply(failure(gather, true));

    Target retry = target(run.fire(Failures.RETRY + gather.token().executionId()), "gather");

    assertThat(retry.joined()).isEqualTo(gather.joined());
    assertThat(retry.token().digest()).isEqualTo(gather.token().digest());
    Event event = RunFixture.event("x", "Part");
    assertThat(DispatchDigest.of(event, Map.of(), List.of(), List.of(), List.of(event), null))
        .isNotEqualTo(DispatchDigest.of(event, Map.of(), List.of(), List.of(), List.of(), null));
    run.complete(retry);
    assertThat(run.store.scan(Entry.Joined.class, null, 9)).isEmpty();
  }

  @Test
  void C7_a_join_that_waits_for_a_place_has_its_events_when_its_turn_comes() {
    run = scatter(step("gather").accepts("Part").joinsFanOut(0).maxOpenPerRun(1));
    run.deploy(step("twice").accepts("Begin").fansOut("Work"));
    List<Target> firsts = targets(run.start());
    Target one = target(run.complete(firsts.get(0), fanOut("Work", "a")), "work");
    Target two = target(run.complete(firsts.get(1), fanOut("Work", "b")), "work");
    Target gather = target(run.complete(one, say("Part", "1")), "gather");
    assertThat(targets(run.complete(two, say("Part", "2")))).isEmpty();

    assertThat(texts(target(run.complete(gather), "gather"))).containsExactly("2");
  }

  @Test
  void C7_a_member_that_waits_for_a_human_keeps_the_fan_out_open() {
    List<Target> members = members("a", "b");
    run.apply(suspension(members.get(0), RunFixture.event("p", "Ask")));
    assertThat(targets(run.complete(members.get(1), say("Part", "2")))).isEmpty();
    assertThat(run.running().fanOuts()).isEqualTo(1);

    List<Target> woken = targets(run.apply(run.external(run.event("Reply"))));
    Target resumed = woken.stream().filter(t -> !t.answers().isEmpty()).findFirst().orElseThrow();

    assertThat(texts(target(run.complete(resumed, say("Part", "1")), "gather")))
        .containsExactly("1", "2");
  }

  @Test
  void law_17_an_unanswered_prompt_keeps_its_fan_out_open_and_its_answer_belongs_to_it() {
    List<Target> members = members("a", "b");
    run.complete(members.get(0), emit("Ask"));
    assertThat(targets(run.complete(members.get(1), say("Part", "2")))).isEmpty();

    Target answered = target(run.apply(run.external(run.event("Reply"))), "work");
    Target gather = target(run.complete(answered, say("Part", "1")), "gather");

    assertThat(texts(gather)).containsExactly("1", "2");
  }

  @Test
  void law_17_what_a_waiter_asked_for_answers_no_prompt_of_a_fan_out() {
    run.deploy(step("boss").accepts("Begin").waitsFor("Approval"));
    List<RunEffect> started = run.start();
    run.apply(
        new RunInput.StepSuspended(
            target(started, "boss").token(),
            "w",
            "w-1",
            "w0",
            "Approval",
            Map.of(),
            null,
            RunFixture.event("p", "Ask"),
            0));
    Target first = target(started, "first");
    run.complete(target(run.complete(first, fanOut("Work", "a")), "work"), emit("Ask"));
    Event plain = run.event("Approval");

    List<RunEffect> effects =
        run.apply(
            run.external(
                new Event(
                    plain.id(), plain.type(), EventKind.HUMAN_RESPONSE, plain.value(), null)));

    assertThat(targets(effects)).extracting(Target::step).containsExactly("boss");
    assertThat(run.running().fanOuts()).isEqualTo(1);
    Target answered = target(run.apply(run.external(run.event("Reply"))), "work");
    assertThat(texts(target(run.complete(answered, say("Part", "1")), "gather")))
        .containsExactly("1");
  }

  @Test
  void C7_a_parked_event_keeps_its_fan_out_open_until_it_is_routed_or_given_up() {
    List<Target> members = members("a", "b");
    run.complete(members.get(0), say("Later", "-"));
    assertThat(targets(run.complete(members.get(1), say("Part", "2")))).isEmpty();
    run.deploy(step("late").accepts("Later").emits("Part"));

    Target late = target(run.fire(Grace.GRACE), "late");

    assertThat(texts(target(run.complete(late, say("Part", "1")), "gather")))
        .containsExactly("1", "2");
  }

  @Test
  void C7_a_parked_event_that_nobody_takes_drops_out() {
    run.complete(members("a").get(0), say("Part", "1"), say("Later", "-"));

    assertThat(texts(target(run.fireGraceOut(), "gather"))).containsExactly("1");
  }

  @Test
  void C7_take_fires_early_with_the_first_and_drops_the_rest() {
    run = scatter(step("gather").accepts("Part").joinsFanOut(2));
    List<Target> members = members("a", "b", "c");
    assertThat(targets(run.complete(members.get(2), say("Part", "3")))).isEmpty();

    Target gather = target(run.complete(members.get(0), say("Part", "1")), "gather");

    assertThat(texts(gather)).containsExactly("1", "3");
    assertThat(run.running().fanOuts()).isEqualTo(1);
    assertThat(targets(run.complete(members.get(1), say("Part", "2")))).isEmpty();
    assertThat(run.running().fanOuts()).isZero();
    assertThat(run.store.scan(Entry.Arrived.class, null, 9)).isEmpty();
  }

  @Test
  void C7_take_fires_with_what_there_is_if_too_few_come() {
    run = scatter(step("gather").accepts("Part").joinsFanOut(5));
    List<Target> members = members("a", "b");
    run.complete(members.get(0), say("Part", "1"));

    assertThat(texts(target(run.complete(members.get(1)), "gather"))).containsExactly("1");
  }

  @Test
  void C7_a_join_outside_every_fan_out_gets_nothing_and_that_is_noted() {
    Target first = target(run.start(), "first");

    assertThat(targets(run.complete(first, say("Part", "1")))).isEmpty();
    assertThat(run.inspect().notes()).anyMatch(n -> n.contains("gather joins a fan-out"));
    assertThat(run.running().parked()).isZero();
  }

  @Test
  void C7_events_sent_beside_the_list_stay_outside_the_fan_out() {
    run = scatter(step("gather").accepts("Part", "Out").joinsFanOut(0));
    StepEffect[] list = fanOut("Work", "a");
    List<RunEffect> effects =
        run.complete(target(run.start(), "first"), say("Out", "x"), list[0], list[1]);

    assertThat(run.execution(target(effects, "out")).lineage()).isEqualTo(Lineage.ROOT);
    assertThat(texts(target(run.complete(target(effects, "work")), "gather"))).isEmpty();
  }

  @Test
  void C7_a_fan_out_may_come_in_chunks() {
    Target first = target(run.start(), "first");
    Bytes encoded = Bytes.copyOf(new byte[] {1, 2});
    List<StepEffect> ahead = List.of(new StepEffect.OpenFanOut(2), member("Work", "a"));
    run.apply(new RunInput.CompletionChunk(first.token(), "w-1", 0, ahead, encoded));
    long digest = new Fingerprint().addPlain(encoded).first8();

    List<Target> members =
        targets(
            run.apply(
                new RunInput.StepCompleted(
                    first.token(), "w", "w-1", 1, digest, List.of(member("Work", "b")), 0)));
    run.complete(members.get(1), say("Part", "2"));

    assertThat(texts(target(run.complete(members.get(0), say("Part", "1")), "gather")))
        .containsExactly("1", "2");
  }

  @Test
  void C7_a_completion_that_opens_no_proper_fan_out_fails_by_name() {
    assertMalformed("a fan-out of 2 with 1 members", open(2), member("Work", "a"));
    assertMalformed("a fan-out of 0 with 1 members", open(0), member("Work", "a"));
    assertMalformed("more than one fan-out", open(0), open(0));
    assertMalformed("a member of a fan-out that it has not opened", member("Work", "a"), open(1));
  }

  @Test
  void R3_a_stop_event_in_the_middle_of_a_list_ends_the_run_and_is_no_fault_of_the_list() {
    run.complete(target(run.start(), "first"), open(2), member("Work", "a"), emit("Done"));

    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
  }

  private void assertMalformed(String what, StepEffect... effects) {
    run = scatter();
    run.complete(target(run.start(), "first"), effects);
    assertThat(run.error().type()).isEqualTo("FanOutMalformed");
    assertThat(run.error().message()).contains(what);
  }

  private static StepEffect open(int size) {
    return new StepEffect.OpenFanOut(size);
  }

  @Test
  void R10_a_join_of_too_many_events_fails_by_name_before_anything_is_applied() {
    Limits d = Limits.ofDefaults();
    run.limits(
        new Limits(
            d.grace(),
            d.runRetention(),
            d.streamRetention(),
            d.maxEventBytes(),
            d.maxStateBytes(),
            d.maxOpenExecutions(),
            d.maxEffects(),
            2,
            d.maxStreamEvents(),
            d.maxEarlyEvents()));
    List<Target> members = members("a", "b");
    run.complete(members.get(0), say("Part", "1"));

    run.complete(members.get(1), say("Part", "2"), say("Part", "3"));

    assertThat(run.error().message()).contains("maxSetSize");
  }

  @Test
  void law_16_a_fan_out_that_ended_when_its_run_failed_is_joined_by_the_redrive() {
    run.complete(members("a").get(0), say("Later", "-"));
    run.apply(run.external(run.event("More")));
    run.deploy(step("more").accepts("More"));
    run.limits(maxOpenExecutions(0));
    run.pass(Duration.ofMinutes(1));
    // Nobody takes the first event, and there is no room for the second.
    run.fire(Grace.GRACE);
    assertThat(run.error().message()).contains("maxOpenExecutions");
    run.limits(Limits.ofDefaults());

    List<RunEffect> effects = run.apply(new RunInput.RedriveRun(run.request(), null));

    assertThat(texts(target(effects, "gather"))).isEmpty();
  }

  private static Limits maxOpenExecutions(int most) {
    Limits d = Limits.ofDefaults();
    return new Limits(
        d.grace(),
        d.runRetention(),
        d.streamRetention(),
        d.maxEventBytes(),
        d.maxStateBytes(),
        most,
        d.maxEffects(),
        d.maxSetSize(),
        d.maxStreamEvents(),
        d.maxEarlyEvents());
  }

  @Test
  void law_16_a_redriven_run_still_joins_all_of_its_fan_out() {
    List<Target> members = members("a", "b");
    run.complete(members.get(1), say("Part", "2"));
    run.apply(failure(members.get(0), false));
    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.FAILED);

    Target again = target(run.apply(new RunInput.RedriveRun(run.request(), null)), "work");

    assertThat(texts(target(run.complete(again, say("Part", "1")), "gather")))
        .containsExactly("1", "2");
  }
}
