package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.emit;
import static io.millrace.local.scenario.Words.failsIn;
import static io.millrace.local.scenario.Words.finish;
import static io.millrace.local.scenario.Words.gather;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.RunInspection;
import io.millrace.StartOptions;
import io.millrace.UnknownRunException;
import io.millrace.local.scenario.Words.Answer;
import io.millrace.local.scenario.Words.Begin;
import io.millrace.local.scenario.Words.Done;
import io.millrace.local.scenario.Words.Finish;
import io.millrace.local.scenario.Words.Question;
import io.millrace.local.scenario.Words.X;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RunStatus;
import io.millrace.step.StepDefinition;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What does not belong on the run log. */
final class GarbageScenarios {
  private GarbageScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "F5_bytes_that_are_no_input_become_dead_letters_and_the_run_goes_on",
            () -> List.of(emit(), finish()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              Random random = new Random(5);
              for (int size : new int[] {0, 1, 2, 30, 3_000}) {
                byte[] bytes = new byte[size];
                random.nextBytes(bytes);
                stage.writeGarbage(run.id(), bytes);
              }
              RunInspection after = run.inspect();
              run.send(new Finish());

              assertThat(after.status()).isEqualTo(RunStatus.WAITING);
              assertThat(run.result(Done.class)).isEqualTo(done("finished"));
              assertThat(run.deadLetters())
                  .hasSize(5)
                  .allMatch(letter -> letter.endsWith("UnreadableRecordException"));
            }),
        Scenario.of(
            "F5_an_input_that_is_cut_short_becomes_a_dead_letter",
            () -> List.of(emit(), finish()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              byte[] whole = Forged.stop(run.id(), "no-such-execution", 1, 1);
              stage.writeGarbage(run.id(), Arrays.copyOf(whole, whole.length - 7));
              run.send(new Finish());

              assertThat(run.result(Done.class)).isEqualTo(done("finished"));
              assertThat(run.deadLetters()).hasSize(1);
            }),
        Scenario.of(
            "F5_an_input_with_any_one_byte_changed_harms_nobody",
            () -> List.of(emit(), finish()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              Random random = new Random(7);
              for (int copy = 0; copy < 200; copy++) {
                byte[] damaged = Forged.stop(run.id(), "no-such-execution", 1, 1);
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
                stage.writeGarbage(run.id(), damaged);
              }
              assertThat(run.inspect().status()).isEqualTo(RunStatus.WAITING);
              run.send(new Finish());

              assertThat(run.result(Done.class)).isEqualTo(done("finished"));
            }),
        Scenario.of(
            "F5_a_forged_execution_or_token_ends_no_run",
            () -> List.of(failsIn(0)),
            stage -> {
              stage.hold("work");
              StagedRun run = stage.start(BEGIN);
              String open = run.awaitAdopted("work", 1).executions().get(0).executionId();
              stage.writeGarbage(run.id(), Forged.stop(run.id(), "no-such-execution", 1, 7));
              stage.writeGarbage(run.id(), Forged.stop(run.id(), open, 1, 7));
              stage.writeGarbage(run.id(), Forged.stop(run.id(), open, 2, 0));
              stage.writeGarbage(run.id(), Forged.lost(run.id(), open, 7));

              assertThat(run.inspect().executions())
                  .singleElement()
                  .satisfies(e -> assertThat(e.phase()).isEqualTo("RUNNING"));
              stage.release("work");
              assertThat(run.result(Done.class)).isEqualTo(done("1"));
            }),
        Scenario.of(
            "F5_a_completion_of_an_unknown_run_makes_no_run",
            () -> List.of(emit(), finish()),
            stage -> {
              stage.writeGarbage("nobody", Forged.stop("nobody", "no-such-execution", 1, 1));

              assertThatThrownBy(() -> stage.attach("nobody"))
                  .isInstanceOf(UnknownRunException.class);
              StagedRun run = stage.start(BEGIN);
              run.send(new Finish());
              assertThat(run.result(Done.class)).isEqualTo(done("finished"));
            }),
        Scenario.of(
            "F5_an_input_under_a_foreign_key_finds_its_run",
            () -> List.of(emit(), finish()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              stage.writeGarbage(run.id() + "-foreign", Forged.cancel(run.id(), "astray"));

              assertThat(run.outcome().status()).isEqualTo(OutcomeStatus.CANCELLED);
              assertThat(run.outcome().reason()).contains("astray");
              assertThatThrownBy(() -> stage.attach(run.id() + "-foreign"))
                  .isInstanceOf(UnknownRunException.class);
            }),
        Scenario.of(
            "F5_what_comes_after_the_end_changes_nothing",
            () -> List.of(emit(), finish()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              run.send(new Finish());
              run.result(Done.class);
              stage.writeGarbage(run.id(), Forged.stop(run.id(), "late", 1, 1));
              stage.writeGarbage(run.id(), Forged.cancel(run.id(), "late"));
              stage.writeGarbage(run.id(), Forged.timer(run.id(), "run-timeout"));
              stage.writeGarbage(run.id(), Forged.timer(run.id(), "purge"));

              assertThat(run.inspect().status()).isEqualTo(RunStatus.COMPLETED);
              assertThat(run.outcome().status()).isEqualTo(OutcomeStatus.COMPLETED);
            }),
        Scenario.of(
            "F5_a_forged_timer_is_stale",
            () -> List.of(ask(), answered(), gather(X.class, 1)),
            stage -> {
              StagedRun run =
                  stage.start(BEGIN, StartOptions.ofDefaults().withTimeout(Duration.ofMinutes(10)));
              run.await("a prompt", seen -> !seen.prompts().isEmpty());
              stage.writeGarbage(run.id(), Forged.timer(run.id(), "run-timeout"));
              stage.writeGarbage(run.id(), Forged.timer(run.id(), "no-such-timer"));

              assertThat(run.inspect().status()).isEqualTo(RunStatus.WAITING);
              run.send(new Answer("yes"));
              assertThat(run.result(Done.class)).isEqualTo(done("yes"));
            }));
  }

  private static StepDefinition ask() {
    return step("ask")
        .emits(Question.class)
        .handler(Begin.class, (begin, context) -> new Question("well?"));
  }

  private static StepDefinition answered() {
    return step("answered")
        .emits(X.class)
        .handler(Answer.class, (answer, context) -> new X(answer.text()));
  }
}
