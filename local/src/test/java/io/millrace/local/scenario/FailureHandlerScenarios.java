package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.emit;
import static io.millrace.local.scenario.Words.gather;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.NonRetryableException;
import io.millrace.RunContext;
import io.millrace.RunFailedException;
import io.millrace.StartOptions;
import io.millrace.StepFailedEvent;
import io.millrace.local.scenario.Words.A;
import io.millrace.local.scenario.Words.B;
import io.millrace.local.scenario.Words.Begin;
import io.millrace.local.scenario.Words.Done;
import io.millrace.local.scenario.Words.X;
import io.millrace.step.RetryPolicy;
import io.millrace.step.StepBuilder;
import io.millrace.step.StepDefinition;
import java.time.Duration;
import java.util.List;

/** Steps that handle the failures of others. */
final class FailureHandlerScenarios {
  private static final RetryPolicy TWICE =
      RetryPolicy.ofDefaults().withMaxAttempts(2).withDelay(Duration.ofMillis(100), 1);

  /** What a handler makes of a failure. */
  private interface Handling {
    Object of(StepFailedEvent failed);
  }

  private FailureHandlerScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "E4_a_handler_is_told_the_step_its_event_the_error_and_the_attempts",
            () ->
                List.of(
                    emit(new A("a")),
                    fail("work", A.class).retry(TWICE).handler(FailureHandlerScenarios::broken),
                    handler(
                        1,
                        failed ->
                            done(
                                failed.step(),
                                failed.event().type(),
                                failed.event(A.class).name(),
                                failed.errorType(),
                                failed.errorMessage(),
                                String.valueOf(
                                    failed.errorStack().contains("FailureHandlerScenarios")),
                                String.valueOf(failed.attempts()),
                                String.valueOf(failed.elapsed().toMillis() >= 100)),
                        "*")),
            stage ->
                assertThat(stage.start(BEGIN).result(Done.class))
                    .isEqualTo(
                        done(
                            "work",
                            "A",
                            "a",
                            IllegalStateException.class.getName(),
                            "broken 2",
                            "true",
                            "2",
                            "true"))),
        Scenario.of(
            "E4_what_a_handler_returns_goes_on_in_the_failed_step_s_place",
            () ->
                List.of(
                    emit(new A("a1"), new A("a2"), new B("b")),
                    step("work")
                        .emits(X.class)
                        .handler(B.class, (b, context) -> new X("worked " + b.name())),
                    fail("fails", A.class).handler(FailureHandlerScenarios::broken),
                    handler(1, f -> new X("handled " + f.event(A.class).name()), "fails"),
                    gather(X.class, 3)),
            stage -> {
              StagedRun run = stage.start(BEGIN);

              assertThat(run.result(Done.class).names())
                  .containsExactlyInAnyOrder("handled a1", "handled a2", "worked b");
              assertThat(run.deadLetters()).isEmpty();
            }),
        Scenario.of(
            "E4_what_the_failed_attempt_did_is_undone_and_what_its_handler_does_is_not",
            () ->
                List.of(
                    fail("work", Begin.class)
                        .handler(
                            (event, context) -> {
                              context.state().append("by", "work");
                              context.sendEvent(new X("work"));
                              throw new IllegalStateException("broken");
                            }),
                    step("rescue")
                        .catches(1, "*")
                        .emits(X.class)
                        .handler(
                            (event, context) -> {
                              context.state().append("by", "rescue");
                              return new X("rescue");
                            }),
                    gather(X.class, 1)),
            stage -> {
              StagedRun run = stage.start(BEGIN, StartOptions.ofDefaults().withOutcomeKeys("by"));

              assertThat(run.result(Done.class)).isEqualTo(done("rescue"));
              assertThat(run.outcome().state().list("by", String.class)).containsExactly("rescue");
            }),
        Scenario.of(
            "E4_a_handler_that_throws_fails_the_run_and_both_errors_are_told",
            () ->
                List.of(
                    emit(new A("a")),
                    fail("work", A.class).handler(FailureHandlerScenarios::broken),
                    handler(
                        1,
                        failed -> {
                          throw new UnsupportedOperationException("no spare stone");
                        },
                        "*")),
            stage -> {
              StagedRun run = stage.start(BEGIN);

              assertThatThrownBy(() -> run.result(Done.class))
                  .isInstanceOfSatisfying(
                      RunFailedException.class,
                      failed -> {
                        assertThat(failed.step()).isEqualTo("rescue");
                        assertThat(failed.errorMessage()).isEqualTo("no spare stone");
                      });
              assertThat(run.outcome().reason()).contains("no spare stone", "work", "broken 1");
              assertThat(run.deadLetters())
                  .containsExactly("rescue " + UnsupportedOperationException.class.getName());
            }),
        Scenario.of(
            "E4_a_handler_may_be_tried_again_as_any_step",
            () ->
                List.of(
                    emit(new A("a")),
                    fail("work", A.class).handler(FailureHandlerScenarios::broken),
                    step("rescue")
                        .catches(1, "*")
                        .emits(Done.class)
                        .retry(TWICE)
                        .handler(
                            (failed, context) -> {
                              if (context.attempt() == 1) {
                                throw new IllegalStateException("not yet");
                              }
                              return done(((StepFailedEvent) failed).errorMessage());
                            })),
            stage -> assertThat(stage.start(BEGIN).result(Done.class)).isEqualTo(done("broken 1"))),
        Scenario.of(
            "E4_a_lineage_is_recovered_only_so_often",
            () ->
                List.of(
                    emit(new A("a")),
                    fail("work", A.class).handler(FailureHandlerScenarios::broken),
                    handler(2, f -> new A(f.event(A.class).name() + "+"), "work")),
            stage -> {
              StagedRun run = stage.start(BEGIN);

              assertThatThrownBy(() -> run.result(Done.class))
                  .isInstanceOfSatisfying(
                      RunFailedException.class,
                      failed -> assertThat(failed.step()).isEqualTo("work"));
              assertThat(run.outcome().reason()).contains("recovery was tried: 2");
              assertThat(run.deadLetters())
                  .containsExactly("work " + IllegalStateException.class.getName());
            }),
        Scenario.of(
            "E4_each_lineage_has_a_budget_of_its_own",
            () ->
                List.of(
                    emit(new A("a1"), new A("a2"), new A("a3")),
                    fail("work", A.class).handler(FailureHandlerScenarios::broken),
                    handler(1, f -> new X(f.event(A.class).name()), "work"),
                    gather(X.class, 3)),
            stage ->
                assertThat(stage.start(BEGIN).result(Done.class).names())
                    .containsExactlyInAnyOrder("a1", "a2", "a3")),
        Scenario.of(
            "E4_a_handler_that_names_the_step_goes_before_one_for_all",
            () ->
                List.of(
                    emit(new A("a"), new B("b")),
                    fail("frail", A.class).handler(FailureHandlerScenarios::broken),
                    fail("other", B.class).handler(FailureHandlerScenarios::broken),
                    handler(1, f -> new X("for all " + f.step()), "*"),
                    step("nurse")
                        .catches(1, "frail")
                        .emits(X.class)
                        .handler((failed, context) -> new X("by name")),
                    gather(X.class, 2)),
            stage ->
                assertThat(stage.start(BEGIN).result(Done.class).names())
                    .containsExactlyInAnyOrder("by name", "for all other")),
        Scenario.of(
            "E4_an_error_that_is_not_to_be_tried_again_goes_to_the_handler_at_once",
            () ->
                List.of(
                    fail("work", Begin.class)
                        .retry(TWICE)
                        .handler(
                            (event, context) -> {
                              throw new NonRetryableException("never");
                            }),
                    handler(1, f -> done(f.errorMessage(), String.valueOf(f.attempts())), "*")),
            stage ->
                assertThat(stage.start(BEGIN).result(Done.class)).isEqualTo(done("never", "1"))),
        Scenario.of(
            "E4_a_timeout_of_a_step_is_handled_too",
            () ->
                List.of(
                    fail("work", Begin.class)
                        .timeout(Duration.ofMillis(300))
                        .handler(FailureHandlerScenarios::broken),
                    handler(1, f -> done(f.errorType()), "*")),
            stage -> {
              stage.hold("work");

              assertThat(stage.start(BEGIN).result(Done.class)).isEqualTo(done("StepTimeout"));
            }),
        Scenario.of(
            "E4_a_step_whose_workers_are_lost_too_often_is_handled_too",
            () ->
                List.of(
                    fail("work", Begin.class).handler(FailureHandlerScenarios::broken),
                    handler(1, f -> done(f.errorType()), "*")),
            stage -> {
              stage.hold("work");
              StagedRun run = stage.start(BEGIN);
              stage.loseWorkersUntilGivenUp("work", run);

              assertThat(run.result(Done.class)).isEqualTo(done("WorkerLost"));
            }),
        Scenario.of(
            "E4_without_a_handler_the_run_fails_and_the_event_goes_to_the_dead_letters",
            () ->
                List.of(
                    emit(new A("a")),
                    fail("work", A.class).retry(TWICE).handler(FailureHandlerScenarios::broken),
                    step("nurse")
                        .catches(1, "other")
                        .emits(X.class)
                        .handler((failed, context) -> new X("unexpected"))),
            stage -> {
              StagedRun run = stage.start(BEGIN);

              assertThatThrownBy(() -> run.result(Done.class))
                  .isInstanceOfSatisfying(
                      RunFailedException.class,
                      failed -> {
                        assertThat(failed.step()).isEqualTo("work");
                        assertThat(failed.attempts()).isEqualTo(2);
                      });
              assertThat(run.deadLetters())
                  .containsExactly("work " + IllegalStateException.class.getName());
            }));
  }

  private static StepBuilder fail(String name, Class<?> type) {
    return step(name).accepts(type).emits(X.class);
  }

  private static Object broken(Object event, RunContext context) {
    throw new IllegalStateException("broken " + context.attempt());
  }

  private static StepDefinition handler(int maxRecoveries, Handling handling, String... steps) {
    return step("rescue")
        .catches(maxRecoveries, steps)
        .emits(Done.class, X.class, A.class)
        .handler((failed, context) -> handling.of((StepFailedEvent) failed));
  }
}
