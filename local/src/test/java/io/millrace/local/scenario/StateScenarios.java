package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.emit;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.OutcomeSummary;
import io.millrace.RunState;
import io.millrace.StartOptions;
import io.millrace.StateTypeException;
import io.millrace.Step;
import io.millrace.UndeclaredStateKeyException;
import io.millrace.local.scenario.Scenario.On;
import io.millrace.local.scenario.Words.A;
import io.millrace.local.scenario.Words.Begin;
import io.millrace.local.scenario.Words.Done;
import io.millrace.local.scenario.Words.Finish;
import io.millrace.local.scenario.Words.X;
import io.millrace.step.StepBuilder;
import io.millrace.step.StepDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The run's state, as its steps see it and as it outlives them. */
final class StateScenarios {
  record Address(String street, int house) {}

  private StateScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "T1_an_attempt_reads_its_own_writes_typed_and_a_missing_key_is_empty",
            () -> List.of(writes(), reads()),
            stage ->
                assertThat(stage.start(BEGIN).result(Done.class))
                    .isEqualTo(
                        done(
                            "missing true",
                            "own 3",
                            "own 2",
                            "own [a]",
                            "removed true",
                            "then Address[street=Mill Lane, house=3]",
                            "then 2",
                            "then [a]",
                            "then gone true",
                            "typed"))),
        Scenario.of(
            "T1_an_attempt_reads_the_state_as_of_its_dispatch",
            () -> List.of(emit(new A("a")), look(), write(Finish.class)),
            stage -> {
              stage.hold("look");
              StagedRun run = stage.start(BEGIN);
              stage.awaitHeld("look", 1);
              run.send(new Finish());
              run.await("the write", seen -> seen.stateKeys().contains("key"));
              stage.release("look");

              assertThat(run.result(Done.class)).isEqualTo(done("nothing"));
            }),
        Scenario.of(
            "T1_a_step_that_takes_no_context_is_sent_no_state",
            () -> List.of(new Contextless()),
            stage ->
                assertThat(
                        stage
                            .start(BEGIN, StartOptions.ofDefaults().withState("key", "value"))
                            .result(Done.class))
                    .isEqualTo(done("without"))),
        Scenario.of(
            "T4_a_step_reads_what_it_declares_and_reading_anything_else_raises",
            () -> List.of(narrow()),
            stage ->
                assertThat(
                        stage
                            .start(
                                BEGIN,
                                StartOptions.ofDefaults()
                                    .withState("wanted", "here")
                                    .withState("other", "there"))
                            .result(Done.class))
                    .isEqualTo(done("here", "refused"))),
        Scenario.of(
            "T5_an_outcome_carries_the_keys_that_were_asked_for_and_no_other",
            () -> List.of(writes(), reads()),
            stage -> {
              OutcomeSummary outcome =
                  stage
                      .start(
                          BEGIN,
                          StartOptions.ofDefaults().withOutcomeKeys("address", "list", "never"))
                      .outcome();

              assertThat(outcome.state().get("address", Address.class))
                  .hasValue(new Address("Mill Lane", 3));
              assertThat(outcome.state().list("list", String.class)).containsExactly("a");
              assertThat(outcome.state().plain()).containsOnlyKeys("address", "list");
            }),
        Scenario.of(
            "T5_the_outcome_of_a_run_that_failed_carries_what_was_written_before",
            () -> List.of(writes(), step("reads").emits(Done.class).handler(X.class, failing())),
            stage -> {
              OutcomeSummary outcome =
                  stage
                      .start(BEGIN, StartOptions.ofDefaults().withOutcomeKeys("count", "never"))
                      .outcome();

              assertThat(outcome.failedStep()).hasValue("reads");
              assertThat(outcome.state().plain()).isEqualTo(Map.of("count", 2L));
            }),
        Scenario.of(
            "T5_a_run_begins_with_the_state_of_one_that_has_ended",
            () -> List.of(updateOn(Begin.class)),
            stage -> {
              StartOptions carry = StartOptions.ofDefaults().withOutcomeKeys("key");
              StagedRun first = stage.start(BEGIN, carry);
              StagedRun second = stage.start(BEGIN, carry.withStateOf(first.outcome()));

              assertThat(second.result(Done.class))
                  .isEqualTo(done("nothing, updated, updated", "attempt 1"));
              assertThat(first.outcome().state().get("key", String.class))
                  .hasValue("nothing, updated");
            }),
        Scenario.of(
                "T5_state_outlives_a_coordinator",
                () -> List.of(emit(new A("a")), write(A.class), updateOn(Finish.class)),
                stage -> {
                  StagedRun run = stage.start(BEGIN, StartOptions.ofDefaults().withState("n", 1));
                  run.awaitQuiet();
                  stage.restartCoordinator();

                  assertThat(run.inspect().stateKeys()).containsExactly("key", "n");
                  run.send(new Finish());
                  assertThat(run.result(Done.class))
                      .isEqualTo(done("written, updated", "attempt 1"));
                })
            .notOn("a restart there is everybody's; one scenario of F1 is enough", On.BROKER));
  }

  static final class Contextless {
    @Step
    public Done end(Begin begin) {
      return done("without");
    }
  }

  private static StepDefinition writes() {
    return step("writes")
        .emits(X.class)
        .handler(
            Begin.class,
            (begin, context) -> {
              RunState state = context.state();
              List<String> found = new ArrayList<>();
              found.add("missing " + state.get("address", Address.class).isEmpty());
              state.set("address", new Address("Mill Lane", 3));
              state.increment("count", 2);
              state.append("list", "a");
              state.set("gone", true);
              state.remove("gone");
              found.add("own " + state.get("address", Address.class).orElseThrow().house());
              found.add("own " + state.get("count", Integer.class).orElseThrow());
              found.add("own " + state.list("list", String.class));
              found.add("removed " + state.get("gone", Boolean.class).isEmpty());
              state.set("found", found);
              return new X("next");
            });
  }

  private static StepDefinition reads() {
    return step("reads")
        .emits(Done.class)
        .handler(
            X.class,
            (x, context) -> {
              RunState state = context.state();
              List<String> found = new ArrayList<>(state.list("found", String.class));
              found.add("then " + state.get("address", Address.class).orElseThrow());
              found.add("then " + state.get("count", Long.class).orElseThrow());
              found.add("then " + state.list("list", String.class));
              found.add("then gone " + state.get("gone", Boolean.class).isEmpty());
              try {
                state.get("address", Integer.class);
              } catch (StateTypeException e) {
                found.add("typed");
              }
              return new Done(found);
            });
  }

  private static StepBuilder.Handler<X> failing() {
    return (x, context) -> {
      context.state().set("never", "written");
      throw new IllegalStateException("broken");
    };
  }

  private static StepDefinition look() {
    return step("look")
        .emits(Done.class)
        .handler(
            A.class,
            (a, context) -> done(context.state().get("key", String.class).orElse("nothing")));
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

  private static StepDefinition narrow() {
    return step("narrow")
        .reads("wanted")
        .emits(Done.class)
        .handler(
            Begin.class,
            (begin, context) -> {
              String wanted = context.state().get("wanted", String.class).orElse("nothing");
              try {
                context.state().get("other", String.class);
                return done(wanted, "read");
              } catch (UndeclaredStateKeyException e) {
                return done(wanted, "refused");
              }
            });
  }
}
