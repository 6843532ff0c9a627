package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.RunFixture.reason;
import static io.millrace.coordinator.core.RunFixture.refusal;
import static io.millrace.coordinator.core.RunFixture.reply;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AbsentRulesTest {
  private static final Exercised EXERCISED = new Exercised(RunState.Absent.class);

  private final RunFixture run = new RunFixture(EXERCISED, step("first").accepts("Begin"));

  @AfterAll
  static void every_kind_of_input_was_tried() {
    EXERCISED.check();
  }

  @Test
  void R1_a_start_is_accepted_and_dispatched_to_the_steps_that_accept_it() {
    List<RunEffect> effects = run.start();

    assertThat(reply(effects).answer()).isEqualTo(new Answer.StartAccepted(false));
    assertThat(target(effects, "first").token().attempt()).isEqualTo(1);
    assertThat(run.running().open()).isEqualTo(1);
  }

  @Test
  void R2_a_start_of_another_type_is_refused_at_once() {
    List<RunEffect> effects = run.apply(startOf(RunFixture.event("e", "OtherBegin")));

    assertThat(refusal(effects)).isEqualTo(Answer.Code.WRONG_START_TYPE);
    assertThat(run.store.state()).isEqualTo(new RunState.Absent());
  }

  @Test
  void R2_an_event_that_is_no_start_event_is_malformed() {
    assertThat(refusal(run.apply(startOf(RunFixture.event("e", "Work")))))
        .isEqualTo(Answer.Code.MALFORMED_REQUEST);
  }

  @Test
  void R10_a_start_event_that_is_too_big_is_refused_by_the_name_of_the_limit() {
    List<RunEffect> effects = run.apply(startOf(RunFixture.big("Begin", 900_001)));

    assertThat(refusal(effects)).isEqualTo(Answer.Code.LIMIT_EXCEEDED);
    assertThat(((Answer.Refused) reply(effects).answer()).message()).contains("maxEventBytes");
  }

  @Test
  void law_14_a_start_of_an_unknown_workflow_waits_and_is_accepted_once_it_is_deployed() {
    RunFixture early = new RunFixture(EXERCISED);
    assertThat(RunFixture.only(early.start(), RunEffect.Reply.class)).isEmpty();

    early.deploy(step("first").accepts("Begin"));
    List<RunEffect> effects = early.fire(Grace.GRACE);

    assertThat(reply(effects).answer()).isEqualTo(new Answer.StartAccepted(false));
    target(effects, "first");
  }

  @Test
  void law_14_a_start_of_a_workflow_that_never_comes_is_refused_and_leaves_no_trace() {
    RunFixture early = new RunFixture(EXERCISED);
    early.start();
    early.apply(early.external(early.event("Reply")));

    List<RunEffect> effects = early.fireGraceOut();

    assertThat(refusal(effects)).isEqualTo(Answer.Code.UNKNOWN_WORKFLOW);
    assertThat(RunFixture.only(effects, RunEffect.DeadLetter.class)).hasSize(1);
    assertThat(early.store.state()).isEqualTo(new RunState.Absent());
    assertThat(early.store.size()).isZero();
  }

  @Test
  void W7_an_event_for_an_unknown_run_is_refused() {
    assertThat(refusal(run.apply(run.external(run.event("Reply")))))
        .isEqualTo(Answer.Code.UNKNOWN_RUN);
  }

  @Test
  void R7_cancel_of_an_unknown_run_says_so() {
    assertThat(refusal(run.apply(new RunInput.CancelRun(run.request(), ""))))
        .isEqualTo(Answer.Code.UNKNOWN_RUN);
  }

  @Test
  void law_9_redrive_of_an_unknown_run_is_refused() {
    assertThat(refusal(run.apply(new RunInput.RedriveRun(run.request(), null))))
        .isEqualTo(Answer.Code.UNKNOWN_RUN);
  }

  @Test
  void R8_an_unknown_run_is_inspected_as_unknown() {
    List<RunEffect> effects = run.apply(new RunInput.InspectRun(run.request()));

    assertThat(((Answer.Snapshot) reply(effects).answer()).status()).isEqualTo("UNKNOWN");
  }

  @Test
  void R9_a_worker_that_adopts_work_of_an_unknown_run_is_told_to_stop() {
    List<RunEffect> effects = run.apply(Inputs.started());

    assertThat(RunFixture.only(effects, RunEffect.CancelWork.class))
        .singleElement()
        .satisfies(
            c ->
                assertThat(c.executions())
                    .containsExactly(
                        new RunEffect.Unwanted(Inputs.TOKEN.executionId(), Inputs.TOKEN.round())));
  }

  @Test
  void F5_whatever_else_names_an_unknown_run_is_disregarded() {
    for (RunInput input : Inputs.unexpected()) {
      assertThat(reason(run.apply(input))).as("%s", input).isEqualTo(RunEffect.Reason.UNKNOWN_RUN);
    }
    assertThat(run.store.size()).isZero();
  }

  private RunInput.StartRun startOf(Event event) {
    return new RunInput.StartRun(
        run.request(),
        StepBuilder.WORKFLOW,
        event,
        Duration.ofHours(1),
        false,
        false,
        Map.of(),
        List.of());
  }
}
