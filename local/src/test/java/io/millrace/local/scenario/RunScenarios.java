package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.emit;
import static io.millrace.local.scenario.Words.finish;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.OutcomeSummary;
import io.millrace.RunCancelledException;
import io.millrace.RunFailedException;
import io.millrace.RunFinishedException;
import io.millrace.RunIdTakenException;
import io.millrace.RunInspection;
import io.millrace.RunStalledException;
import io.millrace.RunTimedOutException;
import io.millrace.StartOptions;
import io.millrace.StreamedEvent;
import io.millrace.local.scenario.Words.A;
import io.millrace.local.scenario.Words.B;
import io.millrace.local.scenario.Words.Begin;
import io.millrace.local.scenario.Words.Done;
import io.millrace.local.scenario.Words.Finish;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RunStatus;
import io.millrace.step.StepDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs: how they begin, end and are seen. */
final class RunScenarios {
  private RunScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "R1_starting_an_id_that_exists_is_starting_it_once",
            () -> List.of(echo()),
            stage -> {
              StartOptions sameId = StartOptions.ofDefaults().withRunId(id());
              StagedRun first = stage.start(BEGIN, sameId);
              StagedRun second = stage.start(BEGIN, sameId);

              assertThat(first.result(Done.class)).isEqualTo(done("begin"));
              assertThat(second.result(Done.class)).isEqualTo(done("begin"));
              assertThat(stage.start(BEGIN, sameId).result(Done.class)).isEqualTo(done("begin"));
            }),
        Scenario.of(
            "R1_another_start_event_under_the_same_id_is_refused",
            () -> List.of(echo()),
            stage -> {
              StartOptions sameId = StartOptions.ofDefaults().withRunId(id());
              StagedRun run = stage.start(BEGIN, sameId);

              assertThatThrownBy(() -> stage.start(new Begin("another"), sameId))
                  .isInstanceOf(RunIdTakenException.class);
              assertThat(run.result(Done.class)).isEqualTo(done("begin"));
            }),
        Scenario.of(
            "R3_the_first_stop_event_ends_the_run_and_interrupts_what_is_at_work",
            () -> List.of(echo(), slow()),
            stage -> {
              stage.hold("slow");
              stage.hold("echo");
              StagedRun run = stage.start(BEGIN);
              stage.awaitHeld("slow", 1);
              stage.awaitHeld("echo", 1);
              stage.release("echo");

              assertThat(run.result(Done.class)).isEqualTo(done("begin"));
              stage.awaitInterrupted("slow", 1);
              assertThat(run.outcome().activeSteps()).containsExactly("slow");
            }),
        Scenario.of(
            "R3_a_stop_event_that_is_sent_ends_the_run",
            () ->
                List.of(
                    step("send")
                        .emits(Done.class)
                        .handler(
                            Begin.class,
                            (begin, context) -> {
                              context.sendEvent(done("sent"));
                              return null;
                            })),
            stage -> assertThat(stage.start(BEGIN).result(Done.class)).isEqualTo(done("sent"))),
        Scenario.of(
            "R4_a_failed_run_names_step_exception_message_stack_and_attempts",
            () -> List.of(fail()),
            stage ->
                assertThatThrownBy(() -> stage.start(BEGIN).result(Done.class))
                    .isInstanceOfSatisfying(
                        RunFailedException.class,
                        failed -> {
                          assertThat(failed.step()).isEqualTo("fail");
                          assertThat(failed.errorType())
                              .isEqualTo(IllegalArgumentException.class.getName());
                          assertThat(failed.errorMessage()).isEqualTo("no grain");
                          assertThat(failed.remoteStack()).contains("RunScenarios");
                          assertThat(failed.attempts()).isEqualTo(1);
                        })),
        Scenario.of(
            "R4_the_last_thing_on_the_stream_is_how_the_run_ended",
            () -> List.of(fail()),
            stage -> {
              List<StreamedEvent> stream = stage.start(BEGIN).stream();

              assertThat(stream).hasSize(1);
              assertThat(stream.get(0).type()).isEqualTo("RunFailed");
              assertThat(stream.get(0).outcome().map(OutcomeSummary::status))
                  .hasValue(OutcomeStatus.FAILED);
            }),
        Scenario.of(
            "R5_a_run_that_outlives_its_timeout_ends_and_says_what_was_at_work",
            () -> List.of(slow()),
            stage -> {
              stage.hold("slow");
              StagedRun run =
                  stage.start(BEGIN, StartOptions.ofDefaults().withTimeout(Duration.ofSeconds(2)));
              stage.awaitHeld("slow", 1);

              assertThatThrownBy(() -> run.result(Done.class))
                  .isInstanceOfSatisfying(
                      RunTimedOutException.class,
                      e -> assertThat(e.activeSteps()).containsExactly("slow"));
              stage.awaitInterrupted("slow", 1);
            }),
        Scenario.of(
            "R6_a_run_without_anything_left_to_do_stalls_and_says_what_is_lacking",
            () -> List.of(emit(new A("a1")), pair()),
            stage ->
                assertThatThrownBy(() -> stage.start(BEGIN).result(Done.class))
                    .isInstanceOfSatisfying(
                        RunStalledException.class,
                        stalled -> {
                          assertThat(stalled.buffers()).hasSize(1);
                          assertThat(stalled.buffers().get(0).holds()).isEqualTo(Map.of("A", 1));
                          assertThat(stalled.buffers().get(0).lacks()).isEqualTo(Map.of("B", 1));
                        })),
        Scenario.of(
            "R6_a_run_that_can_be_fed_from_outside_waits",
            () -> List.of(emit(new A("a1")), pair(), finish()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              run.awaitQuiet();

              assertThat(run.inspect().status()).isEqualTo(RunStatus.WAITING);
              run.send(new Finish());
              assertThat(run.result(Done.class)).isEqualTo(done("finished"));
            }),
        Scenario.of(
            "R7_a_cancelled_run_interrupts_its_steps_and_never_completes",
            () -> List.of(slow()),
            stage -> {
              stage.hold("slow");
              StagedRun run = stage.start(BEGIN);
              stage.awaitHeld("slow", 1);

              assertThat(run.cancel("no more")).isTrue();
              assertThat(run.cancel("again")).isFalse();
              stage.awaitInterrupted("slow", 1);
              assertThatThrownBy(() -> run.result(Done.class))
                  .isInstanceOf(RunCancelledException.class)
                  .hasMessageContaining("no more");
            }),
        Scenario.of(
            "R8_a_run_can_be_inspected_while_it_works_and_after_its_end",
            () -> List.of(slow()),
            stage -> {
              stage.hold("slow");
              StagedRun run = stage.start(BEGIN, StartOptions.ofDefaults().withState("bags", 3));
              stage.awaitHeld("slow", 1);
              RunInspection working =
                  run.await(
                      "adopted",
                      seen -> seen.executions().stream().anyMatch(e -> e.worker().isPresent()));
              stage.release("slow");
              run.result(Done.class);
              RunInspection ended = run.inspect();

              assertThat(working.status()).isEqualTo(RunStatus.RUNNING);
              assertThat(working.executions())
                  .singleElement()
                  .satisfies(
                      open -> {
                        assertThat(open.step()).isEqualTo("slow");
                        assertThat(open.eventType()).isEqualTo("Begin");
                      });
              assertThat(working.stateKeys()).containsExactly("bags");
              assertThat(ended.status()).isEqualTo(RunStatus.COMPLETED);
              assertThat(ended.outcome()).isPresent();
            }),
        Scenario.of(
            "R9_a_finished_run_answers_late_callers_with_its_end",
            () -> List.of(echo(), finish()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              run.result(Done.class);

              assertThatThrownBy(() -> run.send(new Finish()))
                  .isInstanceOf(RunFinishedException.class);
              assertThat(run.cancel("late")).isFalse();
              assertThat(run.result(Done.class)).isEqualTo(done("begin"));
            }));
  }

  private static String id() {
    return "id-" + System.nanoTime();
  }

  private static StepDefinition echo() {
    return step("echo")
        .emits(Done.class)
        .handler(Begin.class, (begin, context) -> done(begin.name()));
  }

  private static StepDefinition slow() {
    return step("slow").emits(Done.class).handler(Begin.class, (begin, context) -> done("slow"));
  }

  private static StepDefinition fail() {
    return step("fail")
        .emits(Done.class)
        .handler(
            Begin.class,
            (begin, context) -> {
              throw new IllegalArgumentException("no grain");
            });
  }

  /** Waits for an A and a B. */
  private static StepDefinition pair() {
    return step("pair")
        .accepts(A.class, B.class)
        .emits(Done.class)
        .handler(
            (item, context) ->
                context
                    .collectEvents(item, A.class, B.class)
                    .map(set -> done("pair"))
                    .orElse(null));
  }
}
