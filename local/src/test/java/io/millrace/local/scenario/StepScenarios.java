package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.finish;
import static io.millrace.local.scenario.Words.gather;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.RunFailedException;
import io.millrace.RunInspection;
import io.millrace.StartOptions;
import io.millrace.local.scenario.Scenario.On;
import io.millrace.local.scenario.Words.A;
import io.millrace.local.scenario.Words.B;
import io.millrace.local.scenario.Words.Begin;
import io.millrace.local.scenario.Words.Done;
import io.millrace.local.scenario.Words.Finish;
import io.millrace.local.scenario.Words.X;
import io.millrace.step.RetryPolicy;
import io.millrace.step.StepDefinition;
import io.millrace.worker.StepConflictException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** What one attempt does, how long it may, and who runs it. */
final class StepScenarios {
  private static final RetryPolicy TWICE =
      RetryPolicy.ofDefaults().withMaxAttempts(2).withDelay(Duration.ofMillis(200), 1);

  private StepScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "S3_a_failed_attempt_leaves_nothing_behind",
            () -> List.of(failsOnce(), gather(X.class, 3)),
            stage -> {
              StagedRun run =
                  stage.start(
                      BEGIN, StartOptions.ofDefaults().withOutcomeKeys("count", "list", "last"));

              assertThat(run.result(Done.class).names())
                  .containsExactlyInAnyOrder("sent by 2", "sent again by 2", "returned by 2");
              assertThat(run.outcome().state().plain())
                  .containsEntry("count", 1L)
                  .containsEntry("list", List.of("by 2"))
                  .containsEntry("last", "by 2")
                  .hasSize(3);
            }),
        Scenario.of(
            "S3_a_failed_attempt_leaves_nothing_in_a_buffer",
            () ->
                List.of(
                    step("emit")
                        .emits(A.class)
                        .handler(
                            Begin.class, (begin, context) -> List.of(new A("a1"), new A("a2"))),
                    step("pair")
                        .emits(Done.class)
                        .concurrency(1)
                        .retry(TWICE)
                        .handler(
                            A.class,
                            (a, context) -> {
                              var set = context.collectEvents(a, A.class, A.class);
                              if (set.isEmpty() && context.attempt() == 1) {
                                throw new IllegalStateException("after it was collected");
                              }
                              return set.map(all -> new Done(Words.names(all))).orElse(null);
                            })),
            stage ->
                assertThat(stage.start(BEGIN).result(Done.class).names())
                    .containsExactlyInAnyOrder("a1", "a2")),
        Scenario.of(
            "S3_a_superseded_attempt_leaves_nothing_behind",
            () -> List.of(emitAfterState(), gather(X.class, 2)),
            stage -> {
              stage.hold("emit");
              StagedRun run =
                  stage.start(BEGIN, StartOptions.ofDefaults().withOutcomeKeys("count"));
              run.awaitAdopted("emit", 1);
              stage.loseWorker("emit");
              run.awaitAdopted("emit", 1);
              stage.release("emit");

              assertThat(run.result(Done.class).names()).containsExactlyInAnyOrder("x1", "x2");
              assertThat(run.outcome().state().get("count", Long.class)).hasValue(1L);
            }),
        Scenario.of(
                "S4_effects_apply_in_program_order_and_what_is_returned_comes_last",
                () -> List.of(manyEffects(), gather(X.class, 11)),
                stage -> {
                  StagedRun run =
                      stage.start(BEGIN, StartOptions.ofDefaults().withOutcomeKeys("sum", "order"));

                  List<String> expected = new ArrayList<>();
                  IntStream.rangeClosed(1, 10).forEach(i -> expected.add("sent " + i));
                  expected.add("returned");
                  assertThat(run.result(Done.class).names()).isEqualTo(expected);
                  assertThat(run.outcome().state().get("sum", Integer.class)).hasValue(3);
                  assertThat(run.outcome().state().list("order", Integer.class))
                      .isEqualTo(IntStream.rangeClosed(1, 10).boxed().toList());
                })
            .whereEventsArriveInOrder(),
        Scenario.of(
            "S7_what_one_run_has_beyond_its_share_of_a_step_waits_in_the_coordinator",
            () -> List.of(wide(300), note(), finish()),
            stage -> {
              stage.hold("note");
              StagedRun run = stage.start(BEGIN);
              RunInspection held =
                  run.await("300 executions", seen -> seen.executions().size() == 300);

              assertThat(held.executions())
                  .filteredOn(execution -> execution.phase().equals("QUEUED"))
                  .hasSize(44);
              stage.release("note");
              run.awaitQuiet();
              run.send(new Finish());
              assertThat(run.result(Done.class)).isEqualTo(done("finished"));
            }),
        Scenario.of(
            "S7_a_step_says_how_many_executions_of_a_run_it_takes_at_once",
            () -> List.of(wide(5), note().withMaxOpenPerRun(2), finish()),
            stage -> {
              stage.hold("note");
              StagedRun run = stage.start(BEGIN);
              RunInspection held = run.await("5 executions", seen -> seen.executions().size() == 5);

              assertThat(held.executions())
                  .filteredOn(execution -> execution.phase().equals("QUEUED"))
                  .hasSize(3);
              stage.release("note");
              run.awaitQuiet();
              run.send(new Finish());
              assertThat(run.result(Done.class)).isEqualTo(done("finished"));
            }),
        Scenario.of(
                "S7_what_waits_for_its_place_is_first_in_first_out",
                () -> List.of(wide(300), note(), finish()),
                stage -> {
                  StagedRun run =
                      stage.start(BEGIN, StartOptions.ofDefaults().withOutcomeKeys("order"));
                  run.awaitQuiet();
                  run.send(new Finish());
                  run.result(Done.class);

                  assertThat(run.outcome().state().list("order", String.class))
                      .isEqualTo(IntStream.range(0, 300).mapToObj(i -> "x" + i).toList());
                })
            .whereEventsArriveInOrder(),
        Scenario.of(
            "S8_an_attempt_that_takes_too_long_is_interrupted_and_tried_again",
            () -> List.of(slow(TWICE.withDelay(Duration.ofSeconds(3), 1))),
            stage -> {
              stage.hold("slow");
              StagedRun run = stage.start(BEGIN);
              stage.advance(Duration.ofMillis(500));
              stage.awaitInterrupted("slow", 1);
              stage.release("slow");

              assertThat(run.result(Done.class)).isEqualTo(done("StepTimeout", "attempt 2"));
            }),
        Scenario.of(
            "S8_a_timeout_without_a_retry_fails_the_run",
            () -> List.of(slow(RetryPolicy.ofDefaults())),
            stage -> {
              stage.hold("slow");
              StagedRun run = stage.start(BEGIN);

              assertThatThrownBy(() -> run.result(Done.class))
                  .isInstanceOfSatisfying(
                      RunFailedException.class,
                      failed -> {
                        assertThat(failed.step()).isEqualTo("slow");
                        assertThat(failed.errorType()).isEqualTo("StepTimeout");
                        assertThat(failed.attempts()).isEqualTo(1);
                      });
            }),
        Scenario.of(
                "S8_what_an_attempt_does_after_its_time_does_not_count",
                () -> List.of(stubborn(), gather(X.class, 1)),
                stage ->
                    assertThat(stage.start(BEGIN).result(Done.class).names())
                        .containsExactly("attempt 2"))
            .notOn("it takes the machine's time, which each seed would take anew", On.SIMULATOR),
        Scenario.of(
            "S9_a_step_of_a_name_that_is_taken_is_refused_if_it_differs_in_more_than_its_code",
            () -> List.of(wide(2), version("old"), gather(A.class, 2)),
            stage -> {
              assertThatThrownBy(
                      () ->
                          stage.deploy(
                              step("version")
                                  .emits(B.class)
                                  .handler(Finish.class, (finish, context) -> new B("b"))))
                  .isInstanceOf(StepConflictException.class)
                  .hasMessageContainingAll("version", "X", "Finish");

              assertThat(stage.start(BEGIN).result(Done.class).names())
                  .containsExactlyInAnyOrder("old x0", "old x1");
            }),
        Scenario.of(
            "S9_a_step_that_accepts_a_stop_event_is_refused",
            () -> List.of(wide(1), version("old"), gather(A.class, 1)),
            stage ->
                assertThatThrownBy(
                        () ->
                            stage.deploy(step("after").handler(Done.class, (end, context) -> null)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("after", "Done")),
        Scenario.of(
            "S10_an_execution_that_begins_after_a_deployment_is_run_once_by_old_or_new_code",
            () -> List.of(wide(10), more(), version("old"), gather(A.class, 20)),
            stage -> {
              stage.hold("version");
              StagedRun run = stage.start(BEGIN);
              stage.awaitHeld("version", 10);
              stage.deploy(version("new"));
              run.send(new Finish());
              stage.release("version");

              assertThat(run.result(Done.class).names())
                  .hasSize(20)
                  .allMatch(name -> name.startsWith("old x") || name.startsWith("new x"))
                  .extracting(name -> name.substring("old ".length()))
                  .containsExactlyInAnyOrderElementsOf(
                      IntStream.range(0, 20).mapToObj(i -> "x" + i).toList());
            }));
  }

  private static StepDefinition failsOnce() {
    return step("emit")
        .emits(X.class)
        .retry(TWICE)
        .handler(
            Begin.class,
            (begin, context) -> {
              String by = "by " + context.attempt();
              context.sendEvent(new X("sent " + by));
              context.state().increment("count", 1);
              context.state().append("list", by);
              context.state().set("last", by);
              context.sendEvent(new X("sent again " + by));
              if (context.attempt() == 1) {
                throw new IllegalStateException("too early");
              }
              return new X("returned " + by);
            });
  }

  private static StepDefinition emitAfterState() {
    return step("emit")
        .emits(X.class)
        .handler(
            Begin.class,
            (begin, context) -> {
              context.state().increment("count", 1);
              return List.of(new X("x1"), new X("x2"));
            });
  }

  private static StepDefinition manyEffects() {
    return step("emit")
        .emits(X.class)
        .handler(
            Begin.class,
            (begin, context) -> {
              context.state().set("sum", 100);
              for (int i = 1; i <= 10; i++) {
                context.sendEvent(new X("sent " + i));
                context.state().append("order", i);
              }
              context.state().set("sum", 1);
              context.state().increment("sum", 2);
              return new X("returned");
            });
  }

  private static StepDefinition wide(int width) {
    return step("emit")
        .emits(X.class)
        .handler(
            Begin.class,
            (begin, context) -> IntStream.range(0, width).mapToObj(i -> new X("x" + i)).toList());
  }

  private static StepDefinition more() {
    return step("more")
        .emits(X.class)
        .handler(
            Finish.class,
            (finish, context) -> IntStream.range(10, 20).mapToObj(i -> new X("x" + i)).toList());
  }

  private static StepDefinition note() {
    return step("note")
        .handler(
            X.class,
            (x, context) -> {
              context.state().append("order", x.name());
              return null;
            });
  }

  private static StepDefinition slow(RetryPolicy retry) {
    return step("slow")
        .emits(Done.class)
        .timeout(Duration.ofMillis(400))
        .retry(retry)
        .handler(
            Begin.class,
            (begin, context) ->
                done(
                    context.retryInfo().lastErrorType().orElse("none"),
                    "attempt " + context.attempt()));
  }

  /** Goes on after its interrupt, as long as it is let. */
  private static StepDefinition stubborn() {
    return step("stubborn")
        .emits(X.class)
        .timeout(Duration.ofMillis(700))
        .retry(TWICE)
        .handler(
            Begin.class,
            (begin, context) -> {
              if (context.attempt() == 1) {
                try {
                  new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                  try {
                    context.sendEvent(new X("sent late"));
                  } catch (CancellationException superseded) {
                    return new X("returned late");
                  }
                }
              }
              return new X("attempt " + context.attempt());
            });
  }

  private static StepDefinition version(String code) {
    return step("version")
        .emits(A.class)
        .handler(X.class, (x, context) -> new A(code + " " + x.name()));
  }
}
