package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.RunFixture.adoption;
import static io.millrace.coordinator.core.RunFixture.completed;
import static io.millrace.coordinator.core.RunFixture.dispatches;
import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.failure;
import static io.millrace.coordinator.core.RunFixture.only;
import static io.millrace.coordinator.core.RunFixture.reason;
import static io.millrace.coordinator.core.RunFixture.refusal;
import static io.millrace.coordinator.core.RunFixture.reply;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.RunFixture.targets;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Reason;
import io.millrace.coordinator.core.RunEffect.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RunningRulesTest {
  private static final Exercised EXERCISED = new Exercised(RunState.Running.class);

  private final RunFixture run =
      new RunFixture(
          EXERCISED,
          step("first").accepts("Begin").emits("Work", "Done"),
          step("work").accepts("Work").emits("Done").retries(3, Duration.ofSeconds(1)),
          step("watch").accepts("Work", "Reply"));

  @AfterAll
  static void every_kind_of_input_was_tried() {
    EXERCISED.check();
  }

  @Test
  void R1_starting_an_id_twice_is_one_run() {
    run.start();
    RunState before = run.store.state();

    List<RunEffect> effects = run.start();

    assertThat(reply(effects).answer()).isEqualTo(new Answer.StartAccepted(true));
    assertThat(run.store.state()).isEqualTo(before);
  }

  @Test
  void F5_a_start_again_that_nobody_waits_for_is_disregarded() {
    RunInput.StartRun same = run.startInput();
    run.apply(same);
    RunInput.StartRun silent =
        new RunInput.StartRun(
            null, same.workflow(), same.event(), null, false, false, same.state(), List.of());

    assertThat(reason(run.apply(silent))).isEqualTo(Reason.DUPLICATE);
    assertThat(only(run.start(), RunEffect.Disregard.class)).isEmpty();
  }

  @Test
  void R1_another_start_event_under_the_id_is_refused() {
    run.start();
    RunInput.StartRun same = run.startInput();
    RunInput.StartRun other =
        new RunInput.StartRun(
            same.request(),
            same.workflow(),
            RunFixture.event("another", "Begin"),
            null,
            false,
            false,
            same.state(),
            List.of());

    assertThat(refusal(run.apply(other))).isEqualTo(Answer.Code.RUN_ID_TAKEN);
  }

  @Test
  void S1_an_event_goes_to_every_step_that_accepts_it_in_one_record() {
    List<RunEffect> effects = run.complete(target(run.start(), "first"), emit("Work"));

    assertThat(dispatches(effects)).hasSize(1);
    assertThat(targets(effects)).extracting(Target::step).containsExactly("watch", "work");
    assertThat(targets(effects).get(0).token().executionId())
        .isNotEqualTo(targets(effects).get(1).token().executionId());
  }

  @Test
  void S5_an_event_sent_to_a_step_goes_there_only() {
    Target first = target(run.start(), "first");

    assertThat(targets(run.complete(first, emit("Work", "watch"))))
        .extracting(Target::step)
        .containsExactly("watch");
  }

  @Test
  void law_8_events_of_one_id_from_one_attempt_are_told_apart() {
    List<RunEffect> effects =
        run.complete(target(run.start(), "first"), emit("Work", "work"), emit("Work", "work"));

    assertThat(dispatches(effects)).extracting(d -> d.event().id()).doesNotHaveDuplicates();
    assertThat(targets(effects)).extracting(t -> t.token().executionId()).doesNotHaveDuplicates();
  }

  @Test
  void R3_the_first_stop_event_ends_the_run_and_cancels_what_is_adopted() {
    Target first = target(run.start(), "first");
    List<RunEffect> fan = run.complete(first, emit("Work"));
    run.apply(adoption(target(fan, "watch"), "w-9"));

    List<RunEffect> effects = run.complete(target(fan, "work"), emit("Work"), emit("Done"));

    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
    assertThat(dispatches(effects)).isEmpty();
    assertThat(only(effects, RunEffect.CancelWork.class))
        .singleElement()
        .satisfies(cancel -> assertThat(cancel.worker()).isEqualTo("w-9"));
    assertThat(only(effects, RunEffect.Publish.class))
        .singleElement()
        .satisfies(fact -> assertThat(fact.id()).isEqualTo("terminal/1"));
  }

  @Test
  void law_1_a_completion_counts_once() {
    RunInput done = completed(target(run.start(), "first").token(), emit("Work"));
    run.apply(done);

    assertThat(reason(run.apply(done))).isEqualTo(Reason.UNKNOWN_EXECUTION);
  }

  @Test
  void law_1_a_completion_of_an_older_attempt_is_stale() {
    Target work = aTargetOfWork();
    run.apply(failure(work, true));

    assertThat(reason(run.complete(work, emit("Done")))).isEqualTo(Reason.STALE_TOKEN);
  }

  @Test
  void E1_a_failure_is_retried_after_a_delay_that_grows() {
    Target work = aTargetOfWork();
    run.apply(failure(work, true));
    Instant due = run.timer(Failures.RETRY + work.token().executionId()).due();
    assertThat(Duration.between(run.now, due))
        .isBetween(Duration.ofMillis(900), Duration.ofMillis(1100));

    Target second = targets(run.fire(Failures.RETRY + work.token().executionId())).get(0);

    assertThat(second.token().attempt()).isEqualTo(2);
    assertThat(second.lastError()).isEqualTo(RunFixture.BOOM);
    assertThat(second.firstDispatchedAt()).isEqualTo(work.firstDispatchedAt());
    run.apply(failure(second, true));
    due = run.timer(Failures.RETRY + work.token().executionId()).due();
    assertThat(Duration.between(run.now, due))
        .isBetween(Duration.ofMillis(1800), Duration.ofMillis(2200));
  }

  @Test
  void R4_exhausted_retries_fail_the_run_and_the_event_goes_to_the_dead_letters() {
    Target work = aTargetOfWork();
    for (int i = 0; i < 2; i++) {
      run.apply(failure(work, true));
      work = targets(run.fire(Failures.RETRY + work.token().executionId())).get(0);
    }

    List<RunEffect> effects = run.apply(failure(work, true));

    assertThat(only(effects, RunEffect.DeadLetter.class)).hasSize(1);
    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.FAILED);
    assertThat(run.outcome().failure())
        .isEqualTo(new Outcome.Failure("work", work.token().executionId(), RunFixture.BOOM, 3));
  }

  @Test
  void E1_a_failure_that_must_not_be_retried_is_not() {
    run.apply(failure(aTargetOfWork(), false));

    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.FAILED);
  }

  @Test
  void E6_an_unreadable_event_is_tried_three_times_and_costs_no_attempt() {
    Target first = target(run.start(), "first");
    for (int i = 0; i < 2; i++) {
      run.apply(failure(first, RunInput.FailureKind.UNREADABLE_EVENT, true));
      first = targets(run.fire(Failures.RETRY + first.token().executionId())).get(0);
      assertThat(first.token().attempt()).isEqualTo(1);
    }
    run.apply(failure(first, RunInput.FailureKind.UNREADABLE_EVENT, true));

    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.FAILED);
  }

  @Test
  void F1_a_completion_that_the_broker_did_not_take_costs_no_attempt_and_counts_once() {
    Target first = target(run.start(), "first");
    RunInput.StepFailed refused = failure(first, RunInput.FailureKind.COMPLETION_REFUSED, true);
    run.apply(refused);
    assertThat(reason(run.apply(refused))).isEqualTo(Reason.STALE_TOKEN);

    Target again = targets(run.fire(Failures.RETRY + first.token().executionId())).get(0);

    assertThat(again.token().attempt()).isEqualTo(1);
    assertThat(again.token()).isNotEqualTo(first.token());
  }

  @Test
  void R10_a_completion_that_is_too_large_fails_the_run_at_once() {
    Target first = target(run.start(), "first");

    run.apply(failure(first, RunInput.FailureKind.COMPLETION_REFUSED, false));

    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.FAILED);
  }

  @Test
  void E3_a_lost_worker_gets_the_same_dispatch_again_up_to_a_bound() {
    RunFixture poison =
        new RunFixture(EXERCISED, step("first").accepts("Begin").maxLost(3).readsAll());
    List<RunEffect> before = poison.start();
    Target first = target(before, "first");
    poison.apply(adoption(first, "w-1"));
    RunInput.WorkerLost lost = poison.lost(first, "w-1");

    List<RunEffect> again = poison.apply(lost);

    assertThat(target(again, "first")).isEqualTo(first);
    assertThat(reason(poison.apply(lost))).isEqualTo(Reason.NOT_APPLICABLE);
    poison.apply(poison.lost(first, null));
    poison.apply(poison.lost(first, null));
    assertThat(poison.error().type()).isEqualTo("WorkerLost");
  }

  @Test
  void law_3_a_failed_dispatch_is_repeated_with_the_same_token_then_fails_the_run_by_name() {
    Target first = target(run.start(), "first");
    String timer = Failures.RETRY + first.token().executionId();
    for (int seconds = 1; seconds <= 8; seconds *= 2) {
      RunInput.DispatchFailed input = run.dispatchFailed(first);
      run.apply(input);
      assertThat(reason(run.apply(input))).isEqualTo(Reason.NOT_APPLICABLE);
      assertThat(run.timer(timer).due()).isEqualTo(run.now.plusSeconds(seconds));
      assertThat(target(run.fire(timer), "first")).isEqualTo(first);
    }
    run.apply(run.dispatchFailed(first));

    assertThat(run.error().type()).isEqualTo("DispatchFailed");
  }

  @Test
  void law_3_a_dispatch_that_got_through_after_all_counts() {
    Target first = target(run.start(), "first");
    run.apply(run.dispatchFailed(first));

    run.complete(first, emit("Done"));

    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
  }

  @Test
  void law_1_each_new_token_of_one_attempt_is_of_a_later_round() {
    Target first = target(run.start(), "first");
    run.apply(failure(first, RunInput.FailureKind.UNREADABLE_EVENT, true));

    Target again = target(run.fire(Failures.RETRY + first.token().executionId()), "first");

    assertThat(again.token().round()).isGreaterThan(first.token().round());
  }

  @Test
  void law_6_a_chunk_that_comes_twice_is_stored_once() {
    Target first = target(run.start(), "first");
    RunInput chunk = new RunInput.CompletionChunk(first.token(), "w-1", 0, List.of(), Bytes.EMPTY);
    run.apply(chunk);

    assertThat(reason(run.apply(chunk))).isEqualTo(Reason.DUPLICATE);
    assertThat(run.running().chunks()).isEqualTo(1);
  }

  @Test
  void law_6_chunks_apply_with_the_final_completion_of_their_try() {
    Target first = target(run.start(), "first");
    Bytes encoded = Bytes.copyOf("one".getBytes(StandardCharsets.UTF_8));
    run.apply(
        new RunInput.CompletionChunk(first.token(), "w-1", 0, List.of(emit("Work")), encoded));
    run.apply(new RunInput.CompletionChunk(first.token(), "w-2", 0, List.of(), Bytes.EMPTY));
    long digest = new Fingerprint().addPlain(encoded).first8();

    List<RunEffect> effects =
        run.apply(
            new RunInput.StepCompleted(
                first.token(), "w", "w-1", 1, digest, List.of(emit("Work")), 0));

    assertThat(dispatches(effects)).hasSize(2);
    assertThat(run.running().chunks()).isZero();
  }

  @Test
  void law_6_a_completion_whose_chunks_are_missing_is_tried_again() {
    Target first = target(run.start(), "first");

    List<RunEffect> effects =
        run.apply(new RunInput.StepCompleted(first.token(), "w", "w-1", 1, 7, List.of(), 0));

    assertThat(reason(effects)).isEqualTo(Reason.CHUNK_MISMATCH);
    assertThat(target(effects, "first")).isEqualTo(first);
  }

  @Test
  void law_6_a_repeat_of_a_completion_whose_chunks_are_missing_is_not_another_lost_try() {
    Target first = target(run.start(), "first");
    RunInput torn = new RunInput.StepCompleted(first.token(), "w", "w-1", 1, 7, List.of(), 0);
    run.apply(torn);

    assertThat(targets(run.apply(torn))).isEmpty();
    assertThat(run.execution(first).lost()).isEqualTo(1);
  }

  @Test
  void W7_an_external_event_is_taken_once() {
    run.start();
    Event event = run.event("Reply");

    List<RunEffect> once = run.apply(run.external(event));
    List<RunEffect> twice = run.apply(run.external(event));

    assertThat(target(once, "watch")).isNotNull();
    assertThat(reply(twice).answer()).isEqualTo(new Answer.EventAccepted(true));
    assertThat(targets(twice)).isEmpty();
  }

  @Test
  void S5_an_external_event_to_a_step_that_does_not_take_it_is_refused() {
    run.start();

    assertThat(
            refusal(
                run.apply(new RunInput.ExternalEvent(run.request(), run.event("Work"), "nobody"))))
        .isEqualTo(Answer.Code.UNKNOWN_STEP);
  }

  @Test
  void R7_a_cancelled_run_never_completes() {
    Target first = target(run.start(), "first");

    List<RunEffect> effects = run.apply(new RunInput.CancelRun(run.request(), "enough"));

    assertThat(reply(effects).answer()).isEqualTo(new Answer.CancelAccepted(false));
    assertThat(reply(effects).outcome()).isEqualTo(run.outcome());
    assertThat(run.outcome().activeSteps()).containsExactly("first");
    assertThat(reason(run.complete(first, emit("Done")))).isEqualTo(Reason.RUN_FINISHED);
    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.CANCELLED);
  }

  @Test
  void R5_a_run_times_out_and_says_what_was_active() {
    run.apply(run.startInput(Duration.ofMinutes(1), false));

    run.fire(RunTimeout.RUN_TIMEOUT);

    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.TIMED_OUT);
    assertThat(run.outcome().activeSteps()).containsExactly("first");
  }

  @Test
  void law_2_a_timer_that_was_set_again_is_stale() {
    run.apply(run.startInput(Duration.ofMinutes(1), false));
    RunInput.TimerFired fired = run.firing(RunTimeout.RUN_TIMEOUT);

    assertThat(
            reason(
                run.apply(new RunInput.TimerFired(RunTimeout.RUN_TIMEOUT, fired.generation() + 1))))
        .isEqualTo(Reason.STALE_TIMER);
  }

  @Test
  void R8_a_running_run_tells_what_it_does() {
    Target work = aTargetOfWork();
    run.apply(adoption(work, "w-1"));

    List<RunEffect> effects = run.apply(new RunInput.InspectRun(run.request()));

    Answer.Snapshot snapshot = (Answer.Snapshot) reply(effects).answer();
    assertThat(snapshot.status()).isEqualTo("RUNNING");
    assertThat(snapshot.executions())
        .extracting(Answer.OpenInfo::step, Answer.OpenInfo::phase)
        .contains(
            org.assertj.core.groups.Tuple.tuple("work", "RUNNING"),
            org.assertj.core.groups.Tuple.tuple("watch", "DISPATCHED"));
  }

  @Test
  void law_9_a_redrive_of_a_running_run_is_refused() {
    run.start();

    assertThat(refusal(run.apply(new RunInput.RedriveRun(run.request(), null))))
        .isEqualTo(Answer.Code.NOT_REDRIVABLE);
  }

  @Test
  void W3_a_suspended_step_is_invoked_again_with_its_answer() {
    Target first = target(run.start(), "first");

    List<RunEffect> effects = run.apply(RunFixture.suspension(first, run.event("Ask")));
    assertThat(run.inspect().status()).isEqualTo("WAITING");
    String prompt = run.inspect().prompts().get(0).eventId();
    assertThat(only(effects, RunEffect.Publish.class)).hasSize(1);
    Event answer = run.answerTo(prompt);
    Target again = target(run.apply(run.external(answer)), "first");

    assertThat(again.token().round()).isEqualTo(1);
    assertThat(again.answers()).containsExactly(new RunEffect.WaitAnswer("w0", answer));
    run.complete(again, emit("Done"));
    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
  }

  @Test
  void W6_a_wait_that_nobody_ends_is_ended_by_its_timeout() {
    Target first = target(run.start(), "first");
    run.apply(RunFixture.suspension(first, null));

    Target again = target(run.fire(Waiting.WAIT + first.token().executionId()), "first");

    assertThat(again.answers()).containsExactly(new RunEffect.WaitAnswer("w0", null));
    assertThat(run.running().suspended()).isZero();
  }

  @Test
  void F5_what_names_an_execution_that_is_not_open_changes_nothing() {
    run.start();
    RunState before = run.store.state();
    for (RunInput input : Inputs.unexpected()) {
      run.apply(input);
      assertThat(run.store.state()).as("%s", input).isEqualTo(before);
    }
  }

  private Target aTargetOfWork() {
    return target(run.complete(target(run.start(), "first"), emit("Work")), "work");
  }
}
