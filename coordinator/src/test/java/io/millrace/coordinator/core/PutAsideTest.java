package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.RunFixture.targets;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events that came too early, for a waiter (W5) or for a step (law 14), and what wakes whom. */
class PutAsideTest {
  private RunFixture run =
      new RunFixture(
          null,
          step("first").accepts("Begin"),
          step("asker").accepts("Work").waitsFor("Reply").maxOpenPerRun(2),
          step("other").accepts("More").waitsFor("Reply"));

  @AfterEach
  void counters_agree_with_the_store() {
    Counters.check(run.store);
  }

  @Test
  void W5_an_event_that_nobody_was_known_to_wait_for_is_kept_for_a_waiter_all_the_same() {
    Target asker = begin(emit("Work")).get(0);
    Event early = run.event("Tick");
    run.apply(run.external(early));
    run.apply(run.external(run.event("Tick")));
    assertThat(run.running().parked()).isEqualTo(2);

    Target again = target(run.apply(wait(asker, "w0", "Tick")), "asker");

    assertThat(RunFixture.there(again.answers().get(0).event()).id()).isEqualTo(early.id());
    assertThat(run.running().parked()).isEqualTo(1);
  }

  @Test
  void W5_an_event_sent_to_a_step_is_kept_for_a_waiter_of_that_step_only() {
    List<Target> all =
        begin(emit("Work"), emit("More"), emit("Tick", "other"), emit("Reply", "other"));
    assertThat(run.running().parked()).isEqualTo(1);
    assertThat(run.running().early()).isEqualTo(1);

    assertThat(targets(run.apply(wait(all.get(0), "w0", "Tick")))).isEmpty();
    Target ticked = target(run.apply(wait(all.get(1), "w0", "Tick")), "other");
    assertThat(run.running().parked()).isZero();
    target(run.apply(wait(ticked, "w1", "Reply")), "other");
    assertThat(run.running().early()).isZero();
  }

  @Test
  void W5_an_early_event_sent_to_one_step_is_not_what_another_waits_for() {
    List<Target> all = begin(emit("Work"), emit("More"), emit("Reply", "other"));

    assertThat(targets(run.apply(wait(all.get(0), "w0", "Reply")))).isEmpty();
    assertThat(run.running().early()).isEqualTo(1);
  }

  @Test
  void W5_an_event_sent_to_a_step_that_never_waits_for_its_type_awaits_a_deployment() {
    begin(emit("Reply", "first"), emit("Reply", "nobody"));

    assertThat(run.running().early()).isZero();
    assertThat(run.running().parked()).isEqualTo(2);
  }

  @Test
  void W5_an_event_sent_to_a_step_wakes_waiters_of_that_step_only() {
    List<Target> all = begin(emit("Work"), emit("More"));
    run.apply(wait(all.get(0), "w0", "Reply"));
    run.apply(wait(all.get(1), "w0", "Reply"));

    List<RunEffect> effects =
        run.apply(new RunInput.ExternalEvent(run.request(), run.event("Reply"), "other"));

    assertThat(targets(effects)).extracting(Target::step).containsExactly("other");
  }

  @Test
  void S5_an_event_may_be_sent_to_a_step_that_only_waits_for_it_and_to_no_other() {
    begin();

    RunInput toWaiter = new RunInput.ExternalEvent(run.request(), run.event("Reply"), "asker");
    assertThat(RunFixture.reply(run.apply(toWaiter)).answer())
        .isEqualTo(new Answer.EventAccepted(false));
    RunInput toOther = new RunInput.ExternalEvent(run.request(), run.event("Reply"), "first");
    assertThat(RunFixture.refusal(run.apply(toOther))).isEqualTo(Answer.Code.UNKNOWN_STEP);
    RunInput toNobody = new RunInput.ExternalEvent(run.request(), run.event("Reply"), "nobody");
    assertThat(RunFixture.refusal(run.apply(toNobody))).isEqualTo(Answer.Code.UNKNOWN_STEP);
  }

  @Test
  void W7_an_event_that_is_reported_as_unhandled_is_not_put_aside_as_well() {
    run.limits(
        new Limits(
            Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), 99, 9, 9, 9, 9, 9, 1));
    List<Target> all = begin(emit("Work"), emit("More"));
    run.apply(run.external(run.event("Reply")));
    run.apply(run.external(run.event("Reply")));
    assertThat(lastNote()).contains("maxEarlyEvents is 1, this has 2");
    run.apply(wait(all.get(0), "w0", "Reply"));
    run.apply(run.external(run.event("Reply")));
    assertThat(lastNote()).contains("has had an answer");
    run.apply(RunFixture.suspension(all.get(1), RunFixture.event("p", "Ask")));
    String prompt = run.inspect().prompts().get(0).eventId();
    Event plain = run.event("Nobody");
    run.apply(
        run.external(new Event(plain.id(), plain.type(), plain.kind(), plain.value(), prompt)));
    assertThat(lastNote()).contains("it is not what prompt " + prompt + " asks for");

    assertThat(run.running().parked()).isZero();
    assertThat(run.running().early()).isZero();
  }

  @Test
  void W4_each_wait_of_a_step_has_its_own_answer_and_keeps_it() {
    Target asker = begin(emit("Work")).get(0);
    run.apply(wait(asker, "w0", "Reply"));
    Target once = target(run.apply(run.external(run.event("Reply"))), "asker");
    run.apply(wait(once, "w1", "Tick"));

    Target twice = target(run.apply(run.external(run.event("Tick"))), "asker");

    assertThat(twice.answers())
        .extracting(RunEffect.WaitAnswer::waiterId)
        .containsExactly("w0", "w1");
  }

  @Test
  void W4_a_wait_that_has_its_answer_cannot_be_begun_again() {
    Target asker = begin(emit("Work")).get(0);
    run.apply(wait(asker, "w0", "Reply"));
    Target once = target(run.apply(run.external(run.event("Reply"))), "asker");

    run.apply(wait(once, "w0", "Reply"));

    assertThat(run.error().type()).isEqualTo("WaitAnsweredTwice");
    assertThat(run.error().message()).contains("'w0'");
    run = new RunFixture(null);
    run.start();
  }

  @Test
  void S7_an_execution_that_was_woken_waits_for_a_place_and_then_has_its_answer() {
    List<Target> all = begin(emit("Work"), emit("Work"), emit("Work"));
    Target third = target(run.apply(wait(all.get(0), "w0", "Reply")), "asker");

    assertThat(targets(run.apply(run.external(run.event("Reply"))))).isEmpty();
    assertThat(run.running().suspended()).isZero();
    assertThat(run.running().loads().get("asker")).isEqualTo(new RunState.Load(2, 1));

    Target woken = target(run.complete(third), "asker");
    assertThat(woken.token().executionId()).isEqualTo(all.get(0).token().executionId());
    assertThat(woken.answers()).hasSize(1);
  }

  @Test
  void S7_everyone_in_line_gets_a_turn_and_only_one() {
    List<Target> going =
        begin(emit("Work"), emit("Work"), emit("Work"), emit("Work"), emit("Work"));

    Target third = target(run.complete(going.get(1)), "asker");
    Target fourth = target(run.complete(third), "asker");
    Target fifth = target(run.complete(fourth), "asker");
    assertThat(targets(run.complete(fifth))).isEmpty();

    assertThat(run.running().loads().get("asker")).isEqualTo(new RunState.Load(1, 0));
  }

  private List<Target> begin(StepEffect... effects) {
    return targets(run.complete(target(run.start(), "first"), effects));
  }

  private static RunInput wait(Target target, String waiterId, String type) {
    return new RunInput.StepSuspended(
        target.token(), "w", "w-1", waiterId, type, Map.of(), null, null, 0);
  }

  private String lastNote() {
    List<String> notes = run.inspect().notes();
    return notes.get(notes.size() - 1);
  }
}
