package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.internals;
import static io.millrace.coordinator.core.RunFixture.only;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.RunFixture.targets;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.InternalKind;
import io.millrace.coordinator.core.RunEffect.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitTest {
  private static final Map<String, String> ANY = Map.of();

  private final RunFixture run =
      new RunFixture(
          null,
          step("first").accepts("Begin"),
          step("asker").accepts("Work").emits("Done").waitsFor("Reply", "Tick"));

  @AfterEach
  void the_counters_tell_what_there_is() {
    Counters.check(run.store);
  }

  @Test
  void W4_a_waiter_is_woken_only_by_an_event_that_meets_its_requirements() {
    Target asker = askers(1).get(0);
    wait(asker, "Reply", Map.of("order", "7", "by", "\"ann\""), null);

    assertThat(targets(answer(Map.of("order", "7", "by", "\"bob\"")))).isEmpty();
    assertThat(targets(answer(Map.of("order", "7")))).isEmpty();
    List<RunEffect> effects = answer(Map.of("order", "7", "by", "\"ann\"", "more", "true"));

    assertThat(target(effects, "asker").answers()).hasSize(1);
  }

  @Test
  void W4_numbers_are_compared_by_value_and_all_else_as_it_is_written() {
    assertThat(met("7", "7.0")).isTrue();
    assertThat(met("7", "70e-1")).isTrue();
    assertThat(met("-0", "0")).isTrue();
    assertThat(met("7", "\"7\"")).isFalse();
    assertThat(met("true", "false")).isFalse();
    assertThat(met("\"a\"", "\"A\"")).isFalse();
    assertThat(met("1e999999999", "2e999999999")).isFalse();
    assertThat(met("1", "1x")).isFalse();
    assertThat(met("null", "null")).isTrue();
  }

  @Test
  void W5_one_event_wakes_every_waiter_that_it_matches() {
    List<Target> askers = askers(3);
    wait(askers.get(0), "Reply", Map.of("order", "1"), null);
    wait(askers.get(1), "Reply", Map.of("order", "2"), null);
    wait(askers.get(2), "Reply", ANY, null);

    List<RunEffect> effects = answer(Map.of("order", "1"));

    assertThat(targets(effects))
        .extracting(t -> t.token().executionId())
        .containsExactlyInAnyOrder(id(askers.get(0)), id(askers.get(2)));
  }

  @Test
  void W5_an_event_goes_to_no_step_that_it_woke_and_to_others_as_usual() {
    RunFixture both =
        new RunFixture(
            null,
            step("asker").accepts("Begin", "Reply").waitsFor("Reply"),
            step("other").accepts("Reply"));
    Target asker = target(both.start(), "asker");
    both.apply(RunFixture.suspension(asker, null));

    List<RunEffect> effects = both.apply(both.external(both.event("Reply")));

    assertThat(targets(effects))
        .extracting(Target::step)
        .containsExactlyInAnyOrder("asker", "other");
    assertThat(target(effects, "asker").token().executionId()).isEqualTo(id(asker));
  }

  @Test
  void W5_an_event_that_came_too_early_is_kept_and_the_oldest_that_matches_answers() {
    List<Target> askers = askers(2);
    Event other = external(Map.of("order", "2"));
    Event first = external(Map.of("order", "1"));
    Event second = external(Map.of("order", "1"));
    run.apply(run.external(other));
    run.apply(run.external(first));
    run.apply(run.external(second));
    assertThat(run.running().early()).isEqualTo(3);

    List<RunEffect> effects = wait(askers.get(0), "Reply", Map.of("order", "1"), null);
    assertThat(answered(effects)).isEqualTo(first.id());
    assertThat(answered(wait(askers.get(1), "Reply", ANY, null))).isEqualTo(other.id());

    assertThat(run.running().early()).isEqualTo(1);
  }

  @Test
  void W5_an_early_event_outlives_the_grace_and_keeps_the_run_from_no_verdict() {
    RunFixture quiet =
        new RunFixture(null, step("first").accepts("Begin").emits("Tick").waitsFor("Tick"));
    quiet.complete(target(quiet.start(), "first"), emit("Tick"));
    assertThat(quiet.running().early()).isEqualTo(1);

    List<RunEffect> effects = quiet.fireGraceOut();

    assertThat(quiet.outcome().status()).isEqualTo(Outcome.Status.STALLED);
    assertThat(quiet.inspect().notes()).anyMatch(note -> note.contains("the run ended before"));
    assertThat(only(effects, RunEffect.EndRun.class)).hasSize(1);
  }

  @Test
  void W7_after_an_answer_a_second_one_is_reported_and_not_kept_for_another_question() {
    List<Target> askers = askers(2);
    wait(askers.get(0), "Reply", ANY, null);
    answer(ANY);

    List<RunEffect> effects = answer(ANY);

    assertThat(run.inspect().notes()).anyMatch(note -> note.contains("has had an answer"));
    assertThat(targets(effects)).isEmpty();
    assertThat(targets(wait(askers.get(1), "Reply", ANY, null))).isEmpty();
  }

  @Test
  void law_14_an_event_that_came_before_the_step_that_waits_for_it_is_kept_like_any_early_one() {
    RunFixture early = new RunFixture(null);
    early.start();
    early.apply(early.external(early.event("Reply")));
    early.deploy(step("asker").accepts("Begin").waitsFor("Reply"));
    Target asker = target(early.fire(Grace.GRACE), "asker");
    early.pass(Duration.ofMinutes(2));
    early.fireGraceOut();
    assertThat(early.running().early()).isEqualTo(1);

    List<RunEffect> effects = early.apply(RunFixture.suspension(asker, null));

    assertThat(target(effects, "asker").answers()).hasSize(1);
    Counters.check(early.store);
  }

  @Test
  void W5_what_only_a_join_accepts_and_cannot_take_is_kept_for_who_waits_for_it() {
    run.deploy(step("gather").accepts("Reply").joinsFanOut(0));
    Target asker = askers(1).get(0);
    answer(Map.of("order", "1"));

    List<RunEffect> effects = wait(asker, "Reply", Map.of("order", "1"), null);

    assertThat(target(effects, "asker").answers()).hasSize(1);
  }

  @Test
  void law_14_an_answer_to_a_prompt_waits_for_its_step_whoever_else_had_one_of_its_type() {
    Target asker = askers(1).get(0);
    wait(asker, "Reply", ANY, null);
    run.complete(target(answer(ANY), "asker"), emit("Ask"));
    String prompt = run.inspect().prompts().get(0).eventId();
    run.apply(run.external(run.answerTo(prompt)));

    run.deploy(step("answered").accepts("Reply"));

    assertThat(target(run.fire(Grace.GRACE), "answered")).isNotNull();
  }

  @Test
  void W5_a_wait_that_timed_out_has_had_no_answer() {
    List<Target> askers = askers(2);
    wait(askers.get(0), "Reply", ANY, null);
    run.fire(Waiting.WAIT + id(askers.get(0)));

    answer(ANY);

    assertThat(run.running().early()).isEqualTo(1);
  }

  @Test
  void law_12_a_response_that_names_a_prompt_reaches_only_who_asked_it() {
    List<Target> askers = askers(2);
    wait(askers.get(0), "Reply", ANY, run.event("Ask"));
    wait(askers.get(1), "Reply", ANY, run.event("Ask"));
    String prompt = run.inspect().prompts().get(1).eventId();

    List<RunEffect> effects = run.apply(run.external(run.answerTo(prompt)));

    assertThat(targets(effects))
        .extracting(t -> t.token().executionId())
        .containsExactly(id(askers.get(1)));
    assertThat(run.inspect().prompts()).hasSize(1).noneMatch(p -> p.eventId().equals(prompt));
  }

  @Test
  void law_12_a_response_that_is_not_what_its_prompt_asks_for_leaves_the_prompt_open() {
    Target asker = askers(1).get(0);
    wait(asker, "Reply", Map.of("order", "1"), run.event("Ask"));
    String prompt = run.inspect().prompts().get(0).eventId();

    run.apply(run.external(run.answerTo(prompt)));

    assertThat(run.inspect().prompts()).hasSize(1);
    assertThat(run.inspect().notes()).anyMatch(note -> note.contains("asks for"));
    Event plain = run.answerTo(prompt);
    Event right =
        new Event(
            plain.id(), plain.type(), plain.kind(), plain.value(), prompt, Map.of("order", "1"));
    assertThat(targets(run.apply(run.external(right)))).hasSize(1);
  }

  @Test
  void law_12_an_answer_that_names_no_prompt_closes_none_that_a_waiter_asked_for_something_else() {
    List<Target> askers = askers(2);
    wait(askers.get(0), "Tick", ANY, run.event("Ask"));
    wait(askers.get(1), "Reply", ANY, run.event("Ask"));

    answer(ANY);

    assertThat(run.inspect().waiters())
        .extracting(Answer.WaiterInfo::eventType)
        .containsOnly("Tick");
    assertThat(run.inspect().prompts()).hasSize(1);
    String left = run.inspect().prompts().get(0).eventId();
    assertThat(run.store.get(Keys.asker(left))).isEqualTo(new Entry.InLine(id(askers.get(0))));
  }

  @Test
  void W6_a_wait_keeps_its_timeout() {
    Target asker = askers(1).get(0);
    wait(asker, "Reply", ANY, null);

    assertThat(RunFixture.there(run.store.get(Keys.waiter(id(asker)))).timeout())
        .isEqualTo(Duration.ofHours(1));
  }

  @Test
  void W4_workers_are_told_whose_fields_are_asked_for_and_events_lose_theirs_on_the_way() {
    List<RunEffect> effects = run.start();
    assertThat(RunFixture.dispatches(effects).get(0).fieldsOf()).containsExactly("Reply", "Tick");
    Event plain = RunFixture.event("same-id", "Work");
    Event told = new Event(plain.id(), "Work", plain.kind(), plain.value(), null, Map.of("a", "1"));

    List<RunEffect> work =
        run.complete(target(effects, "first"), new StepEffect.Emit(told, null, false));

    assertThat(RunFixture.dispatches(work).get(0).event().fields()).isEmpty();
    assertThat(run.execution(target(work, "asker")).event().fields()).isEmpty();
  }

  @Test
  void W7_what_nothing_took_before_the_end_is_told_and_not_lost_silently() {
    run.apply(run.startInput(null, true));
    run.apply(run.external(external(ANY)));
    run.apply(run.external(run.event("Nobody")));

    List<RunEffect> effects = run.apply(new RunInput.CancelRun(null, "enough"));

    assertThat(internals(effects))
        .containsExactly(InternalKind.UNHANDLED_EVENT, InternalKind.UNHANDLED_EVENT);
    List<RunEffect.Publish> published = only(effects, RunEffect.Publish.class);
    assertThat(published.get(published.size() - 1).fact())
        .isInstanceOf(RunEffect.Fact.Terminal.class);
    run.fire(Ending.EXPIRE_STREAM);
    run.fire(Ending.PURGE);
    assertThat(run.store.size()).isZero();
  }

  private List<Target> askers(int count) {
    StepEffect[] work = new StepEffect[count];
    java.util.Arrays.fill(work, emit("Work"));
    return targets(run.complete(target(run.start(), "first"), work));
  }

  private List<RunEffect> wait(
      Target target, String type, Map<String, String> requirements, @Nullable Event prompt) {
    return run.apply(
        new RunInput.StepSuspended(
            target.token(), "w", "w-1", "w0", type, requirements, Duration.ofHours(1), prompt, 0));
  }

  private List<RunEffect> answer(Map<String, String> fields) {
    return run.apply(run.external(external(fields)));
  }

  private Event external(Map<String, String> fields) {
    Event e = run.event("Reply");
    return new Event(e.id(), e.type(), e.kind(), e.value(), null, fields);
  }

  private static String answered(List<RunEffect> effects) {
    Event event = target(effects, "asker").answers().get(0).event();
    return RunFixture.there(event).id();
  }

  private static String id(Target target) {
    return target.token().executionId();
  }

  private static boolean met(String required, String value) {
    return Requirements.met(Map.of("f", required), Map.of("f", value));
  }
}
