package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.RunFixture.reason;
import static io.millrace.coordinator.core.RunFixture.refusal;
import static io.millrace.coordinator.core.RunFixture.reply;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AbsentRulesTest {
  private static final Exercised EXERCISED = new Exercised(RunState.Absent.class);

  private static final Map<String, StateValue> STATE = Map.of("total", new StateValue.Whole(7));

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
  void R10_a_start_with_too_much_state_is_refused_by_the_name_of_the_limit() {
    long size = StateCells.size(STATE);

    run.limits(maxStateBytes(size - 1));
    List<RunEffect> effects = run.apply(startWith(STATE));
    assertThat(refusal(effects)).isEqualTo(Answer.Code.LIMIT_EXCEEDED);
    assertThat(((Answer.Refused) reply(effects).answer()).message()).contains("maxStateBytes");

    run.limits(maxStateBytes(size));
    assertThat(reply(run.apply(startWith(STATE))).answer())
        .isEqualTo(new Answer.StartAccepted(false));
  }

  @Test
  void R5_a_timeout_that_is_no_time_is_refused() {
    for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      List<RunEffect> effects = run.apply(run.startInput(none, false));

      assertThat(refusal(effects)).isEqualTo(Answer.Code.MALFORMED_REQUEST);
      assertThat(((Answer.Refused) reply(effects).answer()).message()).contains(none.toString());
    }
  }

  @Test
  void T5_a_run_may_begin_with_state() {
    RunFixture reading = new RunFixture(EXERCISED, step("first").accepts("Begin").readsAll());

    RunEffect.Dispatch first = RunFixture.dispatches(reading.apply(startWith(STATE))).get(0);

    assertThat(RunFixture.there(first.state().get("total")).value()).isEqualTo(STATE.get("total"));
  }

  @Test
  void law_14_those_who_start_alike_are_all_told_the_verdict_the_newest_sixteen_of_them() {
    RunFixture early = new RunFixture(EXERCISED);
    List<Request> asked = new ArrayList<>();
    for (int i = 0; i < 17; i++) {
      RunInput.StartRun start = startOf(early, RunFixture.event("start", "Begin"));
      early.apply(start);
      early.apply(start);
      asked.add(RunFixture.there(start.request()));
    }

    List<RunEffect> verdict = early.fireGraceOut();

    assertThat(RunFixture.only(verdict, RunEffect.Reply.class))
        .extracting(RunEffect.Reply::request)
        .containsExactlyElementsOf(asked.subList(1, 17));
  }

  @Test
  void law_9_a_run_that_ends_before_its_verdict_tells_those_who_started_it() {
    RunFixture early = new RunFixture(EXERCISED);
    RunInput.StartRun start = early.startInput();
    early.apply(start);

    List<RunEffect> effects = early.apply(new RunInput.CancelRun(null, "enough"));

    assertThat(reply(effects).request()).isEqualTo(start.request());
    assertThat(reply(effects).answer()).isEqualTo(new Answer.StartAccepted(false));
    assertThat(reply(effects).outcome()).isEqualTo(early.outcome());
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
  void F5_what_nobody_waits_to_be_told_is_disregarded() {
    Event event = run.event("Reply");
    List<RunInput> inputs =
        List.of(
            new RunInput.ExternalEvent(null, event, null),
            new RunInput.CancelRun(null, ""),
            new RunInput.RedriveRun(null, null));
    for (RunInput input : inputs) {
      assertThat(reason(run.apply(input))).as("%s", input).isEqualTo(RunEffect.Reason.UNKNOWN_RUN);
    }
  }

  @Test
  void R9_who_asks_for_an_unknown_run_is_told_its_id_and_why_it_may_be_unknown() {
    List<RunEffect> effects = run.apply(new RunInput.CancelRun(run.request(), ""));

    assertThat(((Answer.Refused) reply(effects).answer()).message())
        .contains(RunFixture.RUN, "never started", "its retention has passed");
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
    return startOf(run, event);
  }

  private static RunInput.StartRun startOf(RunFixture run, Event event) {
    return start(run, event, Map.of());
  }

  private RunInput.StartRun startWith(Map<String, StateValue> state) {
    return start(run, RunFixture.event("start", "Begin"), state);
  }

  private static RunInput.StartRun start(
      RunFixture run, Event event, Map<String, StateValue> state) {
    return new RunInput.StartRun(
        run.request(),
        StepBuilder.WORKFLOW,
        event,
        Duration.ofHours(1),
        false,
        false,
        state,
        List.of());
  }

  private static Limits maxStateBytes(long most) {
    Limits d = Limits.ofDefaults();
    return new Limits(
        d.grace(),
        d.runRetention(),
        d.streamRetention(),
        d.maxEventBytes(),
        most,
        d.maxOpenExecutions(),
        d.maxEffects(),
        d.maxSetSize(),
        d.maxStreamEvents(),
        d.maxEarlyEvents());
  }
}
