package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.emit;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.OutcomeSummary;
import io.millrace.RunTimedOutException;
import io.millrace.StartOptions;
import io.millrace.local.scenario.Scenario.On;
import io.millrace.local.scenario.Words.A;
import io.millrace.local.scenario.Words.Answer;
import io.millrace.local.scenario.Words.Begin;
import io.millrace.local.scenario.Words.Done;
import io.millrace.local.scenario.Words.Question;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RunStatus;
import io.millrace.step.StepDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The clock of a run. */
final class TimeoutScenarios {
  /** Enough for a first step on a machine that has other things to do. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private TimeoutScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "R5_the_clock_stands_still_while_a_run_only_waits_for_a_human",
            () -> List.of(ask(), end("answered", Answer.class)),
            stage -> {
              awaken(stage);
              StagedRun run =
                  stage.start(
                      BEGIN,
                      StartOptions.ofDefaults()
                          .withTimeout(TIMEOUT)
                          .withPauseTimeoutWhileWaiting());
              run.await("a prompt", seen -> !seen.prompts().isEmpty());
              stage.advance(TIMEOUT);

              assertThat(run.inspect().status()).isEqualTo(RunStatus.WAITING);
              run.send(new Answer("yes"));
              assertThat(run.result(Done.class)).isEqualTo(done("answered"));
            }),
        Scenario.of(
            "R5_the_clock_goes_on_with_the_answer",
            () -> List.of(ask(), end("answered", Answer.class)),
            stage -> {
              awaken(stage);
              stage.hold("answered");
              StagedRun run =
                  stage.start(
                      BEGIN,
                      StartOptions.ofDefaults()
                          .withTimeout(TIMEOUT)
                          .withPauseTimeoutWhileWaiting());
              run.await("a prompt", seen -> !seen.prompts().isEmpty());
              run.send(new Answer("yes"));

              assertThatThrownBy(() -> run.result(Done.class))
                  .isInstanceOf(RunTimedOutException.class);
              assertThat(run.outcome().activeSteps()).containsExactly("answered");
            }),
        Scenario.of(
            "R5_the_clock_of_a_run_that_was_not_told_to_pause_goes_on_while_it_waits",
            () -> List.of(ask(), end("answered", Answer.class)),
            stage ->
                assertThatThrownBy(
                        () ->
                            stage
                                .start(BEGIN, StartOptions.ofDefaults().withTimeout(TIMEOUT))
                                .result(Done.class))
                    .isInstanceOf(RunTimedOutException.class)),
        Scenario.of(
                "R5_a_run_that_ends_in_time_is_not_touched_by_its_timeout",
                () -> List.of(emit(new A("a")), end("quick", A.class)),
                stage -> {
                  StagedRun run =
                      stage.start(BEGIN, StartOptions.ofDefaults().withTimeout(TIMEOUT));
                  run.result(Done.class);
                  stage.advance(TIMEOUT);

                  assertThat(run.outcome().status()).isEqualTo(OutcomeStatus.COMPLETED);
                })
            .notOn(
                "a timeout that a busy machine is sure to keep is too long to wait for", On.BROKER),
        Scenario.of(
                "R5_a_timeout_survives_a_coordinator",
                () -> List.of(end("slow", Begin.class)),
                stage -> {
                  stage.hold("slow");
                  StagedRun run =
                      stage.start(BEGIN, StartOptions.ofDefaults().withTimeout(TIMEOUT));
                  Instant begun = run.inspect().startedAt();
                  stage.advance(TIMEOUT.minusSeconds(1));
                  stage.restartCoordinator();

                  OutcomeSummary outcome = run.outcome();
                  assertThat(outcome.status()).isEqualTo(OutcomeStatus.TIMED_OUT);
                  assertThat(outcome.endedAt())
                      .isBetween(begun.plus(TIMEOUT), begun.plus(TIMEOUT).plusSeconds(1));
                })
            .notOn("a restart there is everybody's; RestartsBehaviourTest has it", On.BROKER));
  }

  /** A first run, so that no timeout has to allow for workers that are only just beginning. */
  private static void awaken(Stage stage) {
    StagedRun first = stage.start(BEGIN);
    first.await("a prompt", seen -> !seen.prompts().isEmpty());
    first.cancel("it was the first");
  }

  private static StepDefinition end(String name, Class<?> type) {
    return step(name).emits(Done.class).handler(type, (event, context) -> done(name));
  }

  private static StepDefinition ask() {
    return step("ask")
        .emits(Question.class)
        .handler(Begin.class, (begin, context) -> new Question("well?"));
  }
}
