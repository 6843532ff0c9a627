package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.emit;
import static io.millrace.local.scenario.Words.failsIn;
import static io.millrace.local.scenario.Words.finish;
import static io.millrace.local.scenario.Words.gather;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.SendOptions;
import io.millrace.StartOptions;
import io.millrace.local.scenario.Scenario.On;
import io.millrace.local.scenario.Words.A;
import io.millrace.local.scenario.Words.Answer;
import io.millrace.local.scenario.Words.B;
import io.millrace.local.scenario.Words.Begin;
import io.millrace.local.scenario.Words.Done;
import io.millrace.local.scenario.Words.Finish;
import io.millrace.local.scenario.Words.Question;
import io.millrace.local.scenario.Words.X;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RunStatus;
import io.millrace.step.RetryPolicy;
import io.millrace.step.StepDefinition;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Coordinators and workers that come and go in the middle of a run. */
final class FaultScenarios {
  private static final String ONE_IS_ENOUGH =
      "a restart there is everybody's, and the scenario of all kinds of work is enough";

  private FaultScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "F1_a_run_with_all_kinds_of_work_does_not_notice_that_its_coordinator_restarts",
            () -> List.of(everything(), pass(), later(), gather(X.class, 12), answered()),
            stage -> {
              stage.hold("pass");
              StagedRun run =
                  stage.start(BEGIN, StartOptions.ofDefaults().withOutcomeKeys("passed", "later"));
              stage.awaitHeld("pass", 10);
              run.await("a prompt", seen -> !seen.prompts().isEmpty());
              run.send(new Answer("once"), SendOptions.ofDefaults().withEventId("answer"));
              stage.restartCoordinator();
              run.send(new Answer("once"), SendOptions.ofDefaults().withEventId("answer"));
              stage.release("pass");

              assertThat(run.result(Done.class).names())
                  .containsExactlyInAnyOrder(
                      "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "later 2",
                      "once");
              assertThat(run.outcome().state().get("passed", Long.class)).hasValue(10L);
              assertThat(run.outcome().state().get("later", Long.class)).hasValue(1L);
              assertThat(run.outcome().epoch()).isEqualTo(1);
            }),
        Scenario.of(
                "F1_a_coordinator_goes_on_with_a_set_that_is_half_collected",
                () -> List.of(emit(new X("x1"), new X("x2")), moreOnFinish(), gather(X.class, 3)),
                stage -> {
                  StagedRun run = stage.start(BEGIN);
                  run.awaitQuiet();
                  stage.restartCoordinator();
                  assertThat(run.inspect().buffers())
                      .singleElement()
                      .satisfies(b -> assertThat(b.toString()).contains("{X=2}", "{X=1}"));
                  run.send(new Finish());

                  assertThat(run.result(Done.class).names())
                      .containsExactlyInAnyOrder("x1", "x2", "more");
                })
            .notOn(ONE_IS_ENOUGH, On.BROKER),
        Scenario.of(
                "F1_a_coordinator_goes_on_with_what_waits_for_its_place",
                () -> List.of(wide(300), count(), finish()),
                stage -> {
                  stage.hold("count");
                  StagedRun run =
                      stage.start(BEGIN, StartOptions.ofDefaults().withOutcomeKeys("count"));
                  run.await("300 executions", seen -> seen.executions().size() == 300);
                  stage.restartCoordinator();
                  stage.release("count");
                  run.awaitQuiet();
                  stage.restartCoordinator();
                  run.send(new Finish());
                  run.result(Done.class);

                  assertThat(run.outcome().state().get("count", Long.class)).hasValue(300L);
                })
            .notOn(ONE_IS_ENOUGH, On.BROKER),
        Scenario.of(
                "F1_a_coordinator_goes_on_with_updates_that_stand_in_line",
                () -> List.of(wide(20), update(), finish()),
                stage -> {
                  stage.hold("update");
                  StagedRun run =
                      stage.start(BEGIN, StartOptions.ofDefaults().withOutcomeKeys("count"));
                  stage.awaitHeld("update", 20);
                  stage.release("update");
                  run.await("a first update", seen -> seen.stateKeys().contains("count"));
                  stage.restartCoordinator();
                  run.awaitQuiet();
                  run.send(new Finish());
                  run.result(Done.class);

                  assertThat(run.outcome().state().get("count", Integer.class)).hasValue(20);
                })
            .notOn(ONE_IS_ENOUGH, On.BROKER),
        Scenario.of(
                "F1_a_coordinator_knows_runs_that_ended_before_its_time",
                () -> List.of(emit(), finish()),
                stage -> {
                  StartOptions id = StartOptions.ofDefaults().withRunId("before");
                  StagedRun run = stage.start(BEGIN, id);
                  run.send(new Finish());
                  run.result(Done.class);
                  stage.restartCoordinator();

                  assertThat(stage.attach("before").inspect().status())
                      .isEqualTo(RunStatus.COMPLETED);
                  assertThat(stage.start(BEGIN, id).result(Done.class)).isEqualTo(done("finished"));
                  assertThat(run.cancel("late")).isFalse();
                })
            .notOn(ONE_IS_ENOUGH, On.BROKER),
        Scenario.of(
                "F1_a_run_that_failed_is_redriven_by_another_coordinator",
                () -> List.of(failsIn(1), finish()),
                stage -> {
                  StagedRun run = stage.start(BEGIN);
                  assertThat(run.outcome().status()).isEqualTo(OutcomeStatus.FAILED);
                  stage.restartCoordinator();
                  stage.deploy(failsIn(0));
                  run.redrive();

                  assertThat(run.result(Done.class)).isEqualTo(done("1"));
                })
            .notOn("old and new workers of a step overlap there", On.BROKER),
        Scenario.of(
            "F1_a_worker_that_is_lost_takes_nothing_with_it",
            () -> List.of(wide(10), count(), finish()),
            stage -> {
              stage.hold("count");
              StagedRun run =
                  stage.start(BEGIN, StartOptions.ofDefaults().withOutcomeKeys("count"));
              run.awaitAdopted("count", 10);
              stage.loseWorker("count");
              stage.release("count");
              run.awaitQuiet();
              run.send(new Finish());
              run.result(Done.class);

              assertThat(run.outcome().state().get("count", Long.class)).hasValue(10L);
            }));
  }

  /** Ten items, a question, and something that fails first. */
  private static StepDefinition everything() {
    return step("everything")
        .emits(A.class, B.class, Question.class)
        .handler(
            Begin.class,
            (begin, context) -> {
              IntStream.range(0, 10).forEach(i -> context.sendEvent(new A("a" + i)));
              context.sendEvent(new B("later"));
              return new Question("well?");
            });
  }

  private static StepDefinition pass() {
    return step("pass")
        .emits(X.class)
        .handler(
            A.class,
            (a, context) -> {
              context.state().increment("passed", 1);
              return new X(a.name());
            });
  }

  private static StepDefinition later() {
    return step("later")
        .emits(X.class)
        .retry(RetryPolicy.ofDefaults().withMaxAttempts(2).withDelay(Duration.ofSeconds(2), 1))
        .handler(
            B.class,
            (b, context) -> {
              context.state().increment("later", 1);
              if (context.attempt() == 1) {
                throw new IllegalStateException("not yet");
              }
              return new X(b.name() + " " + context.attempt());
            });
  }

  private static StepDefinition answered() {
    return step("answered")
        .emits(X.class)
        .handler(Answer.class, (answer, context) -> new X(answer.text()));
  }

  private static StepDefinition moreOnFinish() {
    return step("more").emits(X.class).handler(Finish.class, (finish, context) -> new X("more"));
  }

  private static StepDefinition wide(int width) {
    return step("emit")
        .emits(A.class)
        .handler(
            Begin.class,
            (begin, context) -> IntStream.range(0, width).mapToObj(i -> new A("a" + i)).toList());
  }

  private static StepDefinition count() {
    return step("count")
        .handler(
            A.class,
            (a, context) -> {
              context.state().increment("count", 1);
              return null;
            });
  }

  private static StepDefinition update() {
    return step("update")
        .handler(
            A.class,
            (a, context) -> {
              context.state().update("count", Integer.class, old -> old.orElse(0) + 1);
              return null;
            });
  }
}
