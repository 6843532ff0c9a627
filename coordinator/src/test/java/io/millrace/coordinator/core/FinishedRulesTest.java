package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.only;
import static io.millrace.coordinator.core.RunFixture.reason;
import static io.millrace.coordinator.core.RunFixture.refusal;
import static io.millrace.coordinator.core.RunFixture.reply;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FinishedRulesTest {
  private static final Exercised EXERCISED = new Exercised(RunState.Finished.class);

  private final RunFixture run = new RunFixture(EXERCISED, step("first").accepts("Begin"));

  @AfterAll
  static void every_kind_of_input_was_tried() {
    EXERCISED.check();
  }

  @BeforeEach
  void the_run_has_completed() {
    run.complete(target(run.start(), "first"), emit("Done"));
    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
  }

  @Test
  void R1_the_same_start_again_gets_the_outcome() {
    List<RunEffect> effects = run.start();

    assertThat(reply(effects).answer()).isEqualTo(new Answer.StartAccepted(true));
    assertThat(reply(effects).outcome()).isEqualTo(run.outcome());
  }

  @Test
  void R1_another_start_under_the_id_is_refused() {
    RunInput.StartRun same = run.startInput();
    RunInput.StartRun other =
        new RunInput.StartRun(
            same.request(), "other", same.event(), null, false, false, same.state(), List.of());

    assertThat(refusal(run.apply(other))).isEqualTo(Answer.Code.RUN_ID_TAKEN);
  }

  @Test
  void R9_an_event_for_a_finished_run_is_refused_with_the_outcome() {
    List<RunEffect> effects = run.apply(run.external(run.event("Reply")));

    assertThat(refusal(effects)).isEqualTo(Answer.Code.RUN_FINISHED);
    assertThat(reply(effects).outcome()).isEqualTo(run.outcome());
  }

  @Test
  void R7_cancel_of_a_finished_run_changes_nothing() {
    List<RunEffect> effects = run.apply(new RunInput.CancelRun(run.request(), ""));

    assertThat(reply(effects).answer()).isEqualTo(new Answer.CancelAccepted(true));
    assertThat(run.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
  }

  @Test
  void R8_a_finished_run_can_be_inspected() {
    List<RunEffect> effects = run.apply(new RunInput.InspectRun(run.request()));

    assertThat(((Answer.Snapshot) reply(effects).answer()).status()).isEqualTo("COMPLETED");
    assertThat(reply(effects).outcome()).isEqualTo(run.outcome());
  }

  @Test
  void law_9_redrive_of_a_finished_run_is_refused() {
    assertThat(refusal(run.apply(new RunInput.RedriveRun(run.request(), null))))
        .isEqualTo(Answer.Code.NOT_REDRIVABLE);
  }

  @Test
  void F5_a_start_or_cancel_that_nobody_waits_for_is_disregarded() {
    RunInput.StartRun same = run.startInput();
    RunInput.StartRun silent =
        new RunInput.StartRun(
            null, same.workflow(), same.event(), null, false, false, same.state(), List.of());

    assertThat(reason(run.apply(silent))).isEqualTo(RunEffect.Reason.RUN_FINISHED);
    assertThat(reason(run.apply(new RunInput.CancelRun(null, ""))))
        .isEqualTo(RunEffect.Reason.RUN_FINISHED);
  }

  @Test
  void E5_whoever_redrives_the_wrong_execution_is_told_where_the_run_failed() {
    RunFixture failed = new RunFixture(EXERCISED, step("first").accepts("Begin"));
    RunEffect.Target first = target(failed.start(), "first");
    failed.apply(RunFixture.failure(first, false));

    Answer.Refused refused =
        (Answer.Refused) reply(failed.apply(redrive(failed, "another"))).answer();

    assertThat(refused.message())
        .contains("another was not open")
        .endsWith("it failed at execution " + first.token().executionId());
  }

  @Test
  void E5_a_run_that_failed_at_no_execution_names_none() {
    RunFixture failed = new RunFixture(EXERCISED, step("first").accepts("Begin"));
    failed.start();
    RunCore.fail(failed.graph(), failed.store, new Arrival(9, failed.now), RunFixture.BOOM);

    Answer.Refused refused =
        (Answer.Refused) reply(failed.apply(redrive(failed, "another"))).answer();

    assertThat(refused.message()).endsWith("another was not open then");
  }

  private static RunInput redrive(RunFixture run, String execution) {
    return new RunInput.RedriveRun(run.request(), execution);
  }

  @Test
  void R9_a_worker_that_adopts_work_too_late_is_told_to_stop() {
    List<RunEffect> effects = run.apply(Inputs.started());

    assertThat(only(effects, RunEffect.CancelWork.class)).hasSize(1);
    assertThat(reason(effects)).isEqualTo(RunEffect.Reason.RUN_FINISHED);
  }

  @Test
  void R9_whatever_comes_too_late_is_disregarded() {
    for (RunInput input : Inputs.unexpected()) {
      RunState before = run.store.state();
      boolean timer = input instanceof RunInput.TimerFired;
      assertThat(reason(run.apply(input)))
          .as("%s", input)
          .isEqualTo(timer ? RunEffect.Reason.STALE_TIMER : RunEffect.Reason.RUN_FINISHED);
      assertThat(run.store.state()).isEqualTo(before);
    }
  }

  @Test
  void R9_after_its_retention_a_run_leaves_no_trace() {
    run.fire(Ending.PURGE);

    assertThat(run.store.state()).isEqualTo(new RunState.Absent());
    assertThat(run.store.size()).isZero();
  }

  @Test
  void O4_a_run_with_a_stream_has_it_expired_first() {
    RunFixture streamed = withAStream();
    Instant due = streamed.timer(Ending.EXPIRE_STREAM).due();

    List<RunEffect> effects = streamed.fire(Ending.EXPIRE_STREAM);

    assertThat(expiry(effects).at()).isEqualTo(due);
    streamed.fire(Ending.PURGE);
    assertThat(streamed.store.size()).isZero();
  }

  @Test
  void O4_a_stream_expires_once() {
    RunFixture streamed = withAStream();
    RunInput.TimerFired fired = streamed.firing(Ending.EXPIRE_STREAM);
    streamed.fire(Ending.EXPIRE_STREAM);

    assertThat(reason(streamed.apply(fired))).isEqualTo(RunEffect.Reason.STALE_TIMER);
    assertThat(streamed.fire(Ending.PURGE)).isEmpty();
  }

  @Test
  void O4_an_expiry_happens_when_it_fires_and_not_before_it_is_due() {
    RunFixture early = withAStream();
    Instant due = early.timer(Ending.EXPIRE_STREAM).due();
    assertThat(expiry(early.apply(early.firing(Ending.EXPIRE_STREAM))).at()).isEqualTo(due);

    RunFixture late = withAStream();
    late.pass(Duration.ofDays(3));
    assertThat(expiry(late.fire(Ending.EXPIRE_STREAM)).at()).isEqualTo(late.now);
  }

  @Test
  void O4_a_purge_that_comes_first_expires_the_stream_too() {
    RunFixture streamed = withAStream();

    expiry(streamed.fire(Ending.PURGE));

    assertThat(streamed.store.size()).isZero();
  }

  @Test
  void O3_what_a_step_wrote_to_the_stream_expires_and_where_none_wrote_there_is_nothing_to() {
    assertThat(streaming(1).ticks(Ending.EXPIRE_STREAM)).isTrue();
    assertThat(streaming(0).ticks(Ending.EXPIRE_STREAM)).isFalse();
  }

  private static RunFixture streaming(int events) {
    RunFixture run = new RunFixture(EXERCISED, step("first").accepts("Begin"));
    Token token = target(run.start(), "first").token();
    run.apply(new RunInput.StepCompleted(token, "w", "t", 0, 0, List.of(emit("Done")), events));
    return run;
  }

  private static RunFixture withAStream() {
    RunFixture run = new RunFixture(EXERCISED, step("first").accepts("Begin").emits("Ask", "Done"));
    run.complete(target(run.start(), "first"), emit("Ask"), emit("Done"));
    return run;
  }

  private static RunEffect.Publish expiry(List<RunEffect> effects) {
    List<RunEffect.Publish> facts = only(effects, RunEffect.Publish.class);
    assertThat(facts).hasSize(1);
    assertThat(facts.get(0).fact()).isEqualTo(new RunEffect.Fact.ExpireStream());
    return facts.get(0);
  }
}
