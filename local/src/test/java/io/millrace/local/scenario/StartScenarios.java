package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.InvalidStartException;
import io.millrace.RunIdTakenException;
import io.millrace.StartOptions;
import io.millrace.UnknownRunException;
import io.millrace.UnknownWorkflowException;
import io.millrace.event.MalformedEventException;
import io.millrace.local.scenario.Words.A;
import io.millrace.local.scenario.Words.Begin;
import io.millrace.local.scenario.Words.Done;
import io.millrace.local.scenario.Words.OtherBegin;
import io.millrace.step.StepDefinition;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What may begin a run, and what becomes of the rest. */
final class StartScenarios {
  private StartScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "R1_a_run_without_an_id_is_given_one_of_its_own",
            () -> List.of(echo()),
            stage -> {
              StagedRun first = stage.start(BEGIN);
              StagedRun second = stage.start(BEGIN);

              assertThat(first.id()).isNotEqualTo(second.id());
              assertThat(first.result(Done.class)).isEqualTo(done("begin"));
              assertThat(second.result(Done.class)).isEqualTo(done("begin"));
            }),
        Scenario.of(
            "R1_the_id_of_a_run_that_has_ended_is_refused_to_another_start_event",
            () -> List.of(echo()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              run.result(Done.class);

              assertThatThrownBy(() -> stage.start(new Begin("another"), under(run.id())))
                  .isInstanceOf(RunIdTakenException.class)
                  .hasMessageContaining(run.id());
              assertThat(stage.start(BEGIN, under(run.id())).result(Done.class))
                  .isEqualTo(done("begin"));
            }),
        Scenario.of(
            "R2_an_event_that_is_no_start_event_is_refused_before_anything_is_written",
            () -> List.of(echo()),
            stage ->
                refused(
                    stage,
                    InvalidStartException.class,
                    "A",
                    () -> stage.start(new A("a"), under("no-start")),
                    "no-start")),
        Scenario.of(
            "R2_a_start_event_of_another_type_is_refused_and_the_right_one_is_named",
            () -> List.of(echo()),
            stage ->
                refused(
                    stage,
                    InvalidStartException.class,
                    "Begin",
                    () -> stage.start(new OtherBegin(), under("other-start")),
                    "other-start")),
        Scenario.of(
            "R2_a_start_event_that_lacks_a_field_is_refused_and_the_field_is_named",
            () -> List.of(echo()),
            stage ->
                refused(
                    stage,
                    MalformedEventException.class,
                    "name",
                    () -> stage.start(nameless(), under("nameless")),
                    "nameless")),
        Scenario.of(
            "R2_an_unknown_workflow_is_refused",
            () -> List.of(),
            stage -> {
              assertThatThrownBy(() -> stage.start(BEGIN, under("nowhere")))
                  .isInstanceOf(UnknownWorkflowException.class);
              assertThatThrownBy(() -> stage.attach("nowhere"))
                  .isInstanceOf(UnknownRunException.class);
            }));
  }

  /** Nothing has begun, and the id is free for who does better. */
  private static void refused(
      Stage stage,
      Class<? extends Exception> error,
      String says,
      ThrowingCallable start,
      String runId) {
    assertThatThrownBy(start).isInstanceOf(error).hasMessageContaining(says);
    assertThatThrownBy(() -> stage.attach(runId)).isInstanceOf(UnknownRunException.class);
    assertThat(stage.start(new Begin("better"), under(runId)).result(Done.class))
        .isEqualTo(done("better"));
  }

  private static StartOptions under(String id) {
    return StartOptions.ofDefaults().withRunId(id);
  }

  @SuppressWarnings("NullAway") // that is the mistake
  private static Begin nameless() {
    return new Begin(null);
  }

  private static StepDefinition echo() {
    return step("echo")
        .emits(Done.class)
        .handler(Begin.class, (begin, context) -> done(begin.name()));
  }
}
