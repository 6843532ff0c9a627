package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.only;
import static io.millrace.coordinator.core.RunFixture.reason;
import static io.millrace.coordinator.core.RunFixture.refusal;
import static io.millrace.coordinator.core.RunFixture.reply;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

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
    RunFixture streamed =
        new RunFixture(EXERCISED, step("first").accepts("Begin").emits("Ask", "Done"));
    streamed.complete(target(streamed.start(), "first"), emit("Ask"), emit("Done"));

    List<RunEffect> effects = streamed.fire(Ending.EXPIRE_STREAM);

    assertThat(only(effects, RunEffect.Publish.class))
        .singleElement()
        .satisfies(p -> assertThat(p.fact()).isEqualTo(new RunEffect.Fact.ExpireStream()));
    streamed.fire(Ending.PURGE);
    assertThat(streamed.store.size()).isZero();
  }

  @Test
  void O4_a_purge_that_comes_first_expires_the_stream_too() {
    RunFixture streamed = new RunFixture(EXERCISED, step("first").accepts("Begin"));
    streamed.complete(target(streamed.start(), "first"), emit("Ask"), emit("Done"));

    List<RunEffect> effects = streamed.fire(Ending.PURGE);

    assertThat(only(effects, RunEffect.Publish.class)).hasSize(1);
    assertThat(streamed.store.size()).isZero();
  }
}
