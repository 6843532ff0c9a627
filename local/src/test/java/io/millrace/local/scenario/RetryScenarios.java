package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.finish;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.Event;
import io.millrace.NonRetryableException;
import io.millrace.RetryInfo;
import io.millrace.RunFailedException;
import io.millrace.RunInspection;
import io.millrace.local.scenario.Scenario.On;
import io.millrace.local.scenario.Words.Begin;
import io.millrace.local.scenario.Words.Done;
import io.millrace.step.RetryPolicy;
import io.millrace.step.StepDefinition;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What goes wrong in a step, and how often and when it is tried again. */
final class RetryScenarios {
  private static final Duration DELAY = Duration.ofMillis(200);
  private static final RetryPolicy THRICE =
      RetryPolicy.ofDefaults().withMaxAttempts(3).withDelay(DELAY, 1);

  private RetryScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "E1_without_a_policy_the_first_failure_is_the_last",
            () -> List.of(failing(RetryPolicy.ofDefaults(), 1, new IOException("wet"))),
            stage -> fails(stage, IOException.class, "wet 1", 1)),
        Scenario.of(
            "E1_a_failed_attempt_is_tried_again_until_one_succeeds",
            () -> List.of(failing(THRICE, 2, new IOException("wet"))),
            stage -> assertThat(stage.start(BEGIN).result(Done.class)).isEqualTo(done("3"))),
        Scenario.of(
            "E1_when_all_attempts_have_failed_the_last_error_counts",
            () -> List.of(failing(THRICE, 3, new IOException("wet"))),
            stage -> fails(stage, IOException.class, "wet 3", 3)),
        Scenario.of(
            "E1_delays_grow_by_the_multiplier_up_to_the_longest",
            () ->
                List.of(
                    elapsed(
                        RetryPolicy.ofDefaults()
                            .withMaxAttempts(4)
                            .withDelay(Duration.ofMillis(100), 4)
                            .withMaxDelay(Duration.ofMillis(250)))),
            stage -> {
              // 100 ms, then 400 ms cut down to 250 ms, twice
              long millis = Long.parseLong(stage.start(BEGIN).result(Done.class).names().get(0));

              assertThat(millis).isBetween(600L, 30_000L);
            }),
        Scenario.of(
            "E1_only_errors_named_in_on_are_tried_again",
            () ->
                List.of(
                    failing(
                        THRICE.retryingOn(List.of(IOException.class)),
                        1,
                        new IllegalStateException("wet"))),
            stage -> fails(stage, IllegalStateException.class, "wet 1", 1)),
        Scenario.of(
            "E1_a_subclass_of_an_error_named_in_on_is_tried_again",
            () ->
                List.of(
                    failing(
                        THRICE.retryingOn(List.of(Exception.class)), 1, new IOException("wet"))),
            stage -> assertThat(stage.start(BEGIN).result(Done.class)).isEqualTo(done("2"))),
        Scenario.of(
            "E1_errors_named_in_notOn_are_not_tried_again",
            () ->
                List.of(
                    failing(
                        THRICE.notRetryingOn(List.of(IOException.class)),
                        1,
                        new IOException("wet"))),
            stage -> fails(stage, IOException.class, "wet 1", 1)),
        Scenario.of(
            "E1_a_NonRetryableException_stops_retrying",
            () -> List.of(failing(THRICE, 1, new NonRetryableException("wet"))),
            stage -> fails(stage, NonRetryableException.class, "wet 1", 1)),
        Scenario.of(
            "E1_an_error_of_the_virtual_machine_is_a_failure_like_any_other",
            () ->
                List.of(
                    step("work")
                        .emits(Done.class)
                        .retry(THRICE)
                        .handler(
                            Begin.class,
                            (begin, context) -> {
                              if (context.attempt() == 1) {
                                throw new StackOverflowError("too deep");
                              }
                              return done(context.retryInfo().lastErrorType().orElse("none"));
                            })),
            stage ->
                assertThat(stage.start(BEGIN).result(Done.class))
                    .isEqualTo(done(StackOverflowError.class.getName()))),
        Scenario.of(
            "E1_no_attempt_begins_when_the_time_for_all_of_them_would_be_over",
            () ->
                List.of(
                    failing(
                        THRICE
                            .withDelay(Duration.ofMinutes(1), 1)
                            .withMaxElapsed(Duration.ofSeconds(30)),
                        2,
                        new IOException("wet"))),
            stage -> fails(stage, IOException.class, "wet 1", 1)),
        Scenario.of(
            "E1_a_delay_holds_no_place_of_a_worker",
            () -> List.of(failsFor("unlucky", Duration.ofHours(1))),
            stage -> {
              StagedRun delayed = stage.start(new Begin("unlucky"));
              awaitDelay(delayed);
              StagedRun other = stage.start(new Begin("lucky"));
              other.await("its end", seen -> seen.outcome().isPresent());

              assertThat(other.result(Done.class)).isEqualTo(done("lucky"));
              assertThat(awaitDelay(delayed).outcome()).isEmpty();
              delayed.cancel("an hour is long");
            }),
        Scenario.of(
                "E1_a_delay_survives_a_coordinator",
                () -> List.of(elapsed(THRICE.withDelay(Duration.ofHours(1), 1))),
                stage -> {
                  StagedRun run = stage.start(BEGIN);
                  awaitDelay(run);
                  stage.advance(Duration.ofMinutes(59));
                  stage.restartCoordinator();
                  assertThat(awaitDelay(run).outcome()).isEmpty();
                  stage.advance(Duration.ofMinutes(2));

                  long millis = Long.parseLong(run.result(Done.class).names().get(0));
                  assertThat(Duration.ofMillis(millis)).isGreaterThan(Duration.ofHours(1));
                })
            .notOn("a restart there is everybody's; RetriesBehaviourTest has it", On.BROKER),
        Scenario.of(
            "E2_an_attempt_knows_its_number_the_time_since_the_first_and_the_last_error",
            () ->
                List.of(
                    step("work")
                        .emits(Done.class)
                        .retry(THRICE)
                        .handler(
                            Begin.class,
                            (begin, context) -> {
                              RetryInfo info = context.retryInfo();
                              if (info.attempt() == 1) {
                                throw new IOException(told(info));
                              }
                              return done(told(info), String.valueOf(info.elapsed().toMillis()));
                            })),
            stage -> {
              List<String> names = stage.start(BEGIN).result(Done.class).names();

              assertThat(names.get(0))
                  .isEqualTo("2 java.io.IOException (1 nothing () at once) later");
              assertThat(Long.parseLong(names.get(1))).isGreaterThanOrEqualTo(DELAY.toMillis());
            }),
        Scenario.of(
            "E3_a_lost_worker_is_no_failure_of_the_step",
            () -> List.of(failing(RetryPolicy.ofDefaults(), 0, new IOException("wet"))),
            stage -> {
              stage.hold("work");
              StagedRun run = stage.start(BEGIN);
              run.awaitAdopted("work", 1);
              stage.loseWorker("work");
              run.awaitAdopted("work", 1);
              stage.release("work");

              assertThat(run.result(Done.class)).isEqualTo(done("1"));
            }),
        Scenario.of(
            "E3_a_lost_worker_uses_up_no_attempt",
            () -> List.of(failing(THRICE.withMaxAttempts(2), 1, new IOException("wet"))),
            stage -> {
              stage.hold("work");
              StagedRun run = stage.start(BEGIN);
              for (int life = 1; life <= 2; life++) {
                run.awaitAdopted("work", 1);
                stage.loseWorker("work");
              }
              run.awaitAdopted("work", 1);
              stage.release("work");

              assertThat(run.result(Done.class)).isEqualTo(done("2"));
            }),
        Scenario.of(
            "E3_a_step_that_outlives_too_many_workers_fails_by_name",
            () -> List.of(failing(RetryPolicy.ofDefaults(), 0, new IOException("wet"))),
            stage -> {
              stage.hold("work");
              StagedRun run = stage.start(BEGIN);
              stage.loseWorkersUntilGivenUp("work", run);

              assertThatThrownBy(() -> run.result(Done.class))
                  .isInstanceOfSatisfying(
                      RunFailedException.class,
                      failed -> {
                        assertThat(failed.errorType()).isEqualTo("WorkerLost");
                        assertThat(failed.step()).isEqualTo("work");
                        assertThat(failed.attempts()).isEqualTo(1);
                      });
            }),
        Scenario.of(
            "E6_an_event_that_a_step_cannot_read_is_a_dead_letter_and_other_runs_go_on",
            () -> List.of(oddly(), readOdd(), finish()),
            stage -> {
              StagedRun broken = stage.start(new Begin("odd"));
              StagedRun whole = stage.start(new Begin("even"));

              assertThat(whole.result(Done.class)).isEqualTo(done("even"));
              assertThatThrownBy(() -> broken.result(Done.class))
                  .isInstanceOfSatisfying(
                      RunFailedException.class,
                      failed -> {
                        assertThat(failed.step()).isEqualTo("read");
                        assertThat(failed.errorMessage()).contains("odd numbers are refused");
                      });
              assertThat(broken.deadLetters())
                  .singleElement()
                  .asString()
                  .startsWith("read ")
                  .endsWith("UnreadableEventException");
              assertThat(whole.deadLetters()).isEmpty();
            }));
  }

  /** Its own constructor takes only what its accessor never gives. */
  record Parity(String parity) implements Event {
    Parity {
      if (parity.equals("odd!")) {
        throw new IllegalArgumentException("odd numbers are refused");
      }
    }

    @Override
    public String parity() {
      return parity.equals("odd") ? "odd!" : parity;
    }
  }

  private static StepDefinition oddly() {
    return step("emit")
        .emits(Parity.class)
        .handler(Begin.class, (begin, context) -> new Parity(begin.name()));
  }

  private static StepDefinition readOdd() {
    return step("read")
        .emits(Done.class)
        .retry(THRICE)
        .handler(Parity.class, (parity, context) -> done(parity.parity()));
  }

  private static String told(RetryInfo info) {
    return "%d %s (%s) %s"
        .formatted(
            info.attempt(),
            info.lastErrorType().orElse("nothing"),
            info.lastErrorMessage().orElse(""),
            info.elapsed().isZero() ? "at once" : "later");
  }

  private static RunInspection awaitDelay(StagedRun run) {
    return run.await(
        "the delay",
        seen -> seen.executions().stream().anyMatch(e -> e.phase().equals("RETRYING")));
  }

  private static void fails(Stage stage, Class<?> error, String message, int attempts) {
    assertThatThrownBy(() -> stage.start(BEGIN).result(Done.class))
        .isInstanceOfSatisfying(
            RunFailedException.class,
            failed -> {
              assertThat(failed.step()).isEqualTo("work");
              assertThat(failed.errorType()).isEqualTo(error.getName());
              assertThat(failed.errorMessage()).isEqualTo(message);
              assertThat(failed.attempts()).isEqualTo(attempts);
            });
  }

  /** Fails so in its first attempts, with the number of each, and tells which one succeeds. */
  private static StepDefinition failing(RetryPolicy policy, int attempts, Exception how) {
    return step("work")
        .emits(Done.class)
        .retry(policy)
        .handler(
            Begin.class,
            (begin, context) -> {
              if (context.attempt() <= attempts) {
                throw numbered(how, context.attempt());
              }
              return done(String.valueOf(context.attempt()));
            });
  }

  private static Exception numbered(Exception how, int attempt) {
    String message = how.getMessage() + " " + attempt;
    return how instanceof NonRetryableException
        ? new NonRetryableException(message)
        : how instanceof IOException
            ? new IOException(message)
            : new IllegalStateException(message);
  }

  /** Fails as often as it may, and tells how long that took. */
  private static StepDefinition elapsed(RetryPolicy policy) {
    return step("work")
        .emits(Done.class)
        .retry(policy)
        .handler(
            Begin.class,
            (begin, context) -> {
              if (context.attempt() < Math.min(policy.maxAttempts(), 4)) {
                throw new IOException("wet");
              }
              return done(String.valueOf(context.retryInfo().elapsed().toMillis()));
            });
  }

  /** One at a time; the run of this name fails in its first attempt. */
  private static StepDefinition failsFor(String name, Duration delay) {
    return step("work")
        .emits(Done.class)
        .concurrency(1)
        .retry(THRICE.withDelay(delay, 1))
        .handler(
            Begin.class,
            (begin, context) -> {
              if (begin.name().equals(name) && context.attempt() == 1) {
                throw new IOException("wet");
              }
              return done(begin.name());
            });
  }
}
