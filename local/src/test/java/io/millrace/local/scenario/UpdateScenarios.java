package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.emit;
import static io.millrace.local.scenario.Words.finish;
import static io.millrace.local.scenario.Words.gather;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.RunFailedException;
import io.millrace.StartOptions;
import io.millrace.local.scenario.Words.A;
import io.millrace.local.scenario.Words.B;
import io.millrace.local.scenario.Words.Begin;
import io.millrace.local.scenario.Words.Done;
import io.millrace.local.scenario.Words.Finish;
import io.millrace.local.scenario.Words.X;
import io.millrace.step.StepDefinition;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Several steps that change the run's state at once. */
final class UpdateScenarios {
  private static final int MANY = 100;

  private UpdateScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "T2_of_two_that_write_a_key_the_one_that_completes_last_wins",
            () -> List.of(emit(new A("a"), new B("b")), set("first", A.class), second(), finish()),
            stage -> {
              stage.hold("first");
              StagedRun run =
                  stage.start(BEGIN, StartOptions.ofDefaults().withOutcomeKeys("set", "removed"));
              stage.awaitHeld("first", 1);
              run.await("the second", seen -> seen.stateKeys().contains("removed"));
              stage.release("first");
              run.awaitQuiet();
              run.send(new Finish());

              assertThat(run.outcome().state().plain()).isEqualTo(Map.of("set", "by first"));
            }),
        Scenario.of(
            "T2_increments_and_appends_lose_nothing_whatever_the_concurrency",
            () -> List.of(wide(), count(), gather(A.class, MANY)),
            stage -> {
              StagedRun run =
                  stage.start(
                      BEGIN, StartOptions.ofDefaults().withOutcomeKeys("count", "half", "names"));
              run.result(Done.class);

              assertThat(run.outcome().state().get("count", Long.class)).hasValue((long) MANY);
              assertThat(run.outcome().state().get("half", Double.class)).hasValue(MANY / 2.0);
              assertThat(run.outcome().state().list("names", String.class))
                  .containsExactlyInAnyOrderElementsOf(
                      IntStream.range(0, MANY).mapToObj(i -> "x" + i).toList());
            }),
        Scenario.of(
            "T2_an_increment_of_what_has_become_a_text_fails_its_attempt_and_writes_nothing",
            () -> List.of(emit(new A("a"), new B("b")), add(), set("text", B.class), finish()),
            stage -> {
              stage.hold("add");
              StagedRun run =
                  stage.start(BEGIN, StartOptions.ofDefaults().withOutcomeKeys("set", "other"));
              stage.awaitHeld("add", 1);
              run.await("the text", seen -> seen.stateKeys().contains("set"));
              stage.release("add");

              assertThatThrownBy(() -> run.result(Done.class))
                  .isInstanceOfSatisfying(
                      RunFailedException.class,
                      failed -> {
                        assertThat(failed.step()).isEqualTo("add");
                        assertThat(failed.errorMessage()).contains("set");
                      });
              assertThat(run.outcome().state().plain()).isEqualTo(Map.of("set", "by text"));
            }),
        Scenario.of(
            "T3_as_many_concurrent_updates_as_there_are_give_exactly_as_many",
            () -> List.of(wide(), update(), gather(A.class, MANY)),
            stage -> {
              StagedRun run =
                  stage.start(BEGIN, StartOptions.ofDefaults().withOutcomeKeys("count", "side"));

              // Each has seen another value, and none of them as a second attempt.
              assertThat(run.result(Done.class).names())
                  .containsExactlyInAnyOrderElementsOf(
                      IntStream.rangeClosed(1, MANY).mapToObj(i -> i + " at attempt 1").toList());
              assertThat(run.outcome().state().get("count", Integer.class)).hasValue(MANY);
              assertThat(run.outcome().state().get("side", Long.class)).hasValue((long) MANY);
            }),
        Scenario.of(
            "T3_an_update_of_a_key_that_was_set_meanwhile_is_made_anew_from_what_was_set",
            () -> List.of(emit(new A("a")), updateOn(A.class), write(Finish.class)),
            stage -> {
              stage.hold("update");
              StagedRun run = stage.start(BEGIN);
              stage.awaitHeld("update", 1);
              run.send(new Finish());
              run.await("the write", seen -> seen.stateKeys().contains("key"));
              stage.release("update");

              assertThat(run.result(Done.class)).isEqualTo(done("written, updated", "attempt 1"));
            }),
        Scenario.of(
            "T3_an_update_of_a_key_that_was_removed_meanwhile_finds_nothing",
            () -> List.of(emit(new A("a")), updateOn(A.class), remove()),
            stage -> {
              stage.hold("update");
              StagedRun run =
                  stage.start(BEGIN, StartOptions.ofDefaults().withState("key", "given"));
              stage.awaitHeld("update", 1);
              run.send(new Finish());
              run.await("the removal", seen -> seen.stateKeys().isEmpty());
              stage.release("update");

              assertThat(run.result(Done.class)).isEqualTo(done("nothing, updated", "attempt 1"));
            }),
        Scenario.of(
            "T3_a_key_that_another_has_changed_does_not_disturb_an_update_of_its_own",
            () -> List.of(emit(new A("a")), updateOn(A.class), set("other", Finish.class)),
            stage -> {
              stage.hold("update");
              StagedRun run = stage.start(BEGIN);
              stage.awaitHeld("update", 1);
              run.send(new Finish());
              run.await("the write", seen -> seen.stateKeys().contains("set"));
              stage.release("update");

              assertThat(run.result(Done.class)).isEqualTo(done("nothing, updated", "attempt 1"));
            }));
  }

  private static StepDefinition remove() {
    return step("remove")
        .handler(
            Finish.class,
            (finish, context) -> {
              context.state().remove("key");
              return null;
            });
  }

  private static StepDefinition write(Class<?> type) {
    return step("write")
        .handler(
            type,
            (event, context) -> {
              context.state().set("key", "written");
              return null;
            });
  }

  private static StepDefinition set(String name, Class<?> type) {
    return step(name)
        .handler(
            type,
            (event, context) -> {
              context.state().set("set", "by " + name);
              context.state().remove("removed");
              return null;
            });
  }

  private static StepDefinition second() {
    return step("second")
        .handler(
            B.class,
            (b, context) -> {
              context.state().set("set", "by second");
              context.state().set("removed", "not yet");
              return null;
            });
  }

  private static StepDefinition add() {
    return step("add")
        .handler(
            A.class,
            (a, context) -> {
              context.state().set("other", "half written");
              context.state().increment("set", 1);
              return null;
            });
  }

  private static StepDefinition wide() {
    return step("emit")
        .emits(X.class)
        .handler(
            Begin.class,
            (begin, context) -> IntStream.range(0, MANY).mapToObj(i -> new X("x" + i)).toList());
  }

  private static StepDefinition count() {
    return step("count")
        .emits(A.class)
        .handler(
            X.class,
            (x, context) -> {
              context.state().increment("count", 1);
              context.state().increment("half", 0.5);
              context.state().append("names", x.name());
              return new A(x.name());
            });
  }

  /** Passes on the value that it has made, and does something beside. */
  private static StepDefinition update() {
    return step("update")
        .emits(A.class)
        .handler(
            X.class,
            (x, context) -> {
              context.state().increment("side", 1);
              int value = context.state().update("count", Integer.class, old -> old.orElse(0) + 1);
              return new A(value + " at attempt " + context.attempt());
            });
  }

  private static StepDefinition updateOn(Class<?> type) {
    return step("update")
        .emits(Done.class)
        .handler(
            type,
            (event, context) ->
                done(
                    context
                        .state()
                        .update("key", String.class, old -> old.orElse("nothing") + ", updated"),
                    "attempt " + context.attempt()));
  }
}
