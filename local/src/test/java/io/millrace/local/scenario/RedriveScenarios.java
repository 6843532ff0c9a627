package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.emit;
import static io.millrace.local.scenario.Words.finish;
import static io.millrace.local.scenario.Words.gather;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.NotRedrivableException;
import io.millrace.Redriven;
import io.millrace.RunFailedException;
import io.millrace.RunFinishedException;
import io.millrace.StartOptions;
import io.millrace.StepFailedEvent;
import io.millrace.StreamedEvent;
import io.millrace.local.scenario.Words.A;
import io.millrace.local.scenario.Words.Begin;
import io.millrace.local.scenario.Words.Done;
import io.millrace.local.scenario.Words.Finish;
import io.millrace.local.scenario.Words.X;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.step.RetryPolicy;
import io.millrace.step.StepDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Runs that failed go on where they stood. */
final class RedriveScenarios {
  /** Runs for which what a step needs is there again. */
  private static final Set<String> MENDED = ConcurrentHashMap.newKeySet();

  private static final RetryPolicy TWICE =
      RetryPolicy.ofDefaults().withMaxAttempts(2).withDelay(Duration.ofMillis(100), 1);

  private RedriveScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "E5_a_redriven_run_goes_on_at_the_execution_that_failed",
            () -> List.of(emit(new A("a1"), new A("a2"), new A("bad")), work(), gather(X.class, 3)),
            stage -> {
              StagedRun run = stage.start(BEGIN, unique().withOutcomeKeys("worked"));
              assertThatThrownBy(() -> run.result(Done.class))
                  .isInstanceOf(RunFailedException.class);
              run.redrive();
              fails(run, "bad 1");
              mend(run);

              assertThat(run.result(Done.class).names())
                  .containsExactlyInAnyOrder("a1", "a2", "bad");
              assertThat(run.outcome().state().get("worked", Long.class)).hasValue(3L);
            }),
        Scenario.of(
            "E5_each_redrive_is_an_epoch_with_an_outcome_of_its_own",
            () -> List.of(emit(new A("bad")), work(), gather(X.class, 1)),
            stage -> {
              StagedRun run = stage.start(BEGIN, unique());
              assertThat(run.outcome().epoch()).isEqualTo(1);
              Redriven second = run.redrive();

              assertThat(second).isEqualTo(new Redriven(2, 1));
              assertThat(run.outcome().epoch()).isEqualTo(2);
              assertThat(run.outcome().status()).isEqualTo(OutcomeStatus.FAILED);
              assertThat(run.redrive().epoch()).isEqualTo(3);
            }),
        Scenario.of(
            "E5_what_failed_has_all_its_attempts_again",
            () ->
                List.of(
                    step("work")
                        .emits(Done.class)
                        .retry(TWICE)
                        .handler(
                            Begin.class,
                            (begin, context) -> {
                              throw new IllegalStateException("attempt " + context.attempt());
                            })),
            stage -> {
              StagedRun run = stage.start(BEGIN, unique());
              fails(run, "attempt 2");
              run.redrive();

              fails(run, "attempt 2");
              assertThat(run.deadLetters()).hasSize(2);
            }),
        Scenario.of(
            "E5_an_execution_may_be_redriven_by_its_id",
            () -> List.of(emit(new A("bad")), work(), gather(X.class, 1)),
            stage -> {
              StagedRun run = stage.start(BEGIN, unique());
              String failed = fails(run, "bad 1").executionId();
              assertThatThrownBy(() -> run.redrive("nobody"))
                  .isInstanceOf(NotRedrivableException.class)
                  .hasMessageContainingAll("nobody", failed);

              assertThat(run.redrive(failed).executions()).isEqualTo(1);
            }),
        Scenario.of(
            "E5_what_was_at_work_when_the_run_failed_goes_on_too_and_counts_once",
            () -> List.of(emit(new A("bad"), new A("good")), work(), slow(), gather(X.class, 4)),
            stage -> {
              stage.hold("slow");
              StagedRun run = stage.start(BEGIN, unique().withOutcomeKeys("slow", "worked"));
              fails(run, "bad 1");
              stage.release("slow");
              mend(run);

              assertThat(run.result(Done.class).names())
                  .containsExactlyInAnyOrder("bad", "good", "slow bad", "slow good");
              assertThat(run.outcome().state().get("slow", Long.class)).hasValue(2L);
              assertThat(run.outcome().state().get("worked", Long.class)).hasValue(2L);
            }),
        Scenario.of(
            "E5_a_run_that_failed_takes_no_events_until_it_is_redriven",
            () -> List.of(emit(new A("bad")), work(), finish()),
            stage -> {
              StagedRun run = stage.start(BEGIN, unique());
              fails(run, "bad 1");
              assertThatThrownBy(() -> run.send(new Finish()))
                  .isInstanceOf(RunFinishedException.class);
              stage.hold("work");
              run.redrive();
              run.send(new Finish());

              assertThat(run.result(Done.class)).isEqualTo(done("finished"));
            }),
        Scenario.of(
            "E5_only_what_failed_can_be_redriven",
            () -> List.of(emit(), finish()),
            stage -> {
              StagedRun run = stage.start(BEGIN, unique());
              assertThatThrownBy(run::redrive).isInstanceOf(NotRedrivableException.class);
              run.send(new Finish());
              run.result(Done.class);

              assertThatThrownBy(run::redrive)
                  .isInstanceOf(NotRedrivableException.class)
                  .hasMessageContaining("COMPLETED");
              assertThat(run.result(Done.class)).isEqualTo(done("finished"));
            }),
        Scenario.of(
            "E5_a_handler_that_failed_is_redriven_with_the_failure_that_it_handles",
            () -> List.of(emit(new A("bad")), breaks(), handles()),
            stage -> {
              StagedRun run = stage.start(BEGIN, unique());
              fails(run, "no spare stone");
              mend(run);

              assertThat(run.result(Done.class)).isEqualTo(done("breaks", "the stone", "bad"));
            }),
        Scenario.of(
            "E5_the_timeout_of_a_run_begins_anew_with_its_redrive",
            () -> List.of(emit(new A("bad")), work()),
            stage -> {
              // A first run, so that the timeout need not allow for workers that are beginning.
              fails(stage.start(BEGIN, unique()), "bad 1");
              StagedRun run = stage.start(BEGIN, unique().withTimeout(Duration.ofSeconds(5)));
              fails(run, "bad 1");
              stage.hold("work");
              run.redrive();

              assertThat(run.outcome().status()).isEqualTo(OutcomeStatus.TIMED_OUT);
              assertThat(run.outcome().epoch()).isEqualTo(2);
              assertThat(run.outcome().activeSteps()).containsExactly("work");
            }),
        Scenario.of(
            "E5_the_stream_of_a_redriven_run_ends_once_for_each_epoch_and_for_its_reader_last",
            () -> List.of(emit(new A("bad")), work(), gather(X.class, 1)),
            stage -> {
              StagedRun run = stage.start(BEGIN, unique());
              fails(run, "bad 1");
              mend(run);
              run.result(Done.class);

              List<StreamedEvent> stream = run.stream();
              StreamedEvent last = stream.get(stream.size() - 1);
              assertThat(last.type()).isEqualTo("Done");
              assertThat(last.outcome().orElseThrow().epoch()).isGreaterThan(1);
            }));
  }

  /** From now on the step comes through. */
  private static void mend(StagedRun run) {
    MENDED.add(run.id());
    run.redrive();
  }

  /** Under an id that no other run has, on whatever executor. */
  private static StartOptions unique() {
    return StartOptions.ofDefaults().withRunId("redriven-" + UUID.randomUUID());
  }

  private static RunFailedException fails(StagedRun run, String message) {
    RunFailedException[] found = new RunFailedException[1];
    assertThatThrownBy(() -> run.result(Done.class))
        .isInstanceOfSatisfying(
            RunFailedException.class,
            failed -> {
              found[0] = failed;
              assertThat(failed.step()).isEqualTo("work");
              assertThat(failed.errorMessage()).isEqualTo(message);
            });
    return found[0];
  }

  private static StepDefinition work() {
    return step("work")
        .emits(X.class)
        .handler(
            A.class,
            (a, context) -> {
              context.state().increment("worked", 1);
              if (a.name().equals("bad") && !MENDED.contains(context.runId())) {
                throw new IllegalStateException("bad " + context.attempt());
              }
              return new X(a.name());
            });
  }

  private static StepDefinition breaks() {
    return step("breaks")
        .emits(X.class)
        .handler(
            A.class,
            (a, context) -> {
              throw new IllegalStateException("the stone");
            });
  }

  private static StepDefinition handles() {
    return step("work")
        .catches(1, "breaks")
        .emits(Done.class)
        .handler(
            (event, context) -> {
              if (!MENDED.contains(context.runId())) {
                throw new IllegalStateException("no spare stone");
              }
              StepFailedEvent failed = (StepFailedEvent) event;
              return done(failed.step(), failed.errorMessage(), failed.event(A.class).name());
            });
  }

  private static StepDefinition slow() {
    return step("slow")
        .emits(X.class)
        .handler(
            A.class,
            (a, context) -> {
              context.state().increment("slow", 1);
              return new X("slow " + a.name());
            });
  }
}
