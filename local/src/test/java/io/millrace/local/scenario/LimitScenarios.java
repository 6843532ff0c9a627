package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.emit;
import static io.millrace.local.scenario.Words.finish;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.LimitExceededException;
import io.millrace.RunContext;
import io.millrace.RunFailedException;
import io.millrace.StartOptions;
import io.millrace.UnknownRunException;
import io.millrace.local.scenario.Words.Answer;
import io.millrace.local.scenario.Words.Begin;
import io.millrace.local.scenario.Words.Done;
import io.millrace.local.scenario.Words.Finish;
import io.millrace.local.scenario.Words.Progress;
import io.millrace.local.scenario.Words.X;
import io.millrace.step.StepDefinition;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Each limit stops what goes beyond it, by its name. */
final class LimitScenarios {
  /** More than an event may have, but little enough for a record. */
  private static final String LARGE = "x".repeat(900_001);

  private LimitScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "R10_an_event_that_is_too_large_fails_its_run",
            () -> List.of(doing((context) -> context.sendEvent(new X(LARGE)))),
            stage -> fails(stage, "maxEventBytes")),
        Scenario.of(
            "R10_a_start_event_that_is_too_large_is_refused",
            () -> List.of(doing(context -> {})),
            stage -> {
              assertThatThrownBy(
                      () ->
                          stage.start(
                              new Begin(LARGE), StartOptions.ofDefaults().withRunId("large")))
                  .isInstanceOf(LimitExceededException.class)
                  .hasMessageContaining("maxEventBytes");
              assertThatThrownBy(() -> stage.attach("large"))
                  .isInstanceOf(UnknownRunException.class);
            }),
        Scenario.of(
            "R10_an_event_from_outside_that_is_too_large_is_refused_and_the_run_goes_on",
            () -> List.of(emit(), finish(), answered()),
            stage -> {
              StagedRun run = stage.start(BEGIN);

              assertThatThrownBy(() -> run.send(new Answer(LARGE)))
                  .isInstanceOf(LimitExceededException.class)
                  .hasMessageContaining("maxEventBytes");
              run.send(new Finish());
              assertThat(run.result(Done.class)).isEqualTo(done("finished"));
            }),
        Scenario.of(
            "R10_a_state_that_is_too_large_fails_its_run_and_is_not_written_by_half",
            () ->
                List.of(
                    doing(
                        context -> {
                          context.state().set("small", 1);
                          IntStream.range(0, 5)
                              .forEach(i -> context.state().set("large" + i, LARGE));
                        })),
            stage -> {
              StartOptions carry = StartOptions.ofDefaults().withOutcomeKeys("small", "large0");
              StagedRun run = stage.start(BEGIN, carry);

              fails(run, "maxStateBytes");
              assertThat(run.outcome().state().plain()).isEmpty();
            }),
        Scenario.of(
            "R10_a_start_with_too_much_state_is_refused",
            () -> List.of(doing(context -> {})),
            stage -> {
              StartOptions options = StartOptions.ofDefaults().withRunId("rich");
              for (int i = 0; i < 5; i++) {
                options = options.withState("large" + i, LARGE);
              }
              StartOptions rich = options;

              assertThatThrownBy(() -> stage.start(BEGIN, rich))
                  .isInstanceOf(LimitExceededException.class)
                  .hasMessageContaining("maxStateBytes");
              assertThatThrownBy(() -> stage.attach("rich"))
                  .isInstanceOf(UnknownRunException.class);
            }),
        Scenario.of(
            "R10_more_open_executions_than_a_run_may_have_fail_it_before_any_of_them_opens",
            () -> List.of(fanOut(10_001), take("left"), take("right")),
            stage -> {
              StagedRun run = stage.start(BEGIN);

              fails(run, "maxOpenExecutions");
              assertThat(run.inspect().executions()).hasSize(1);
            }),
        Scenario.of(
            "R10_more_effects_than_a_completion_may_have_fail_the_run",
            () -> List.of(fanOut(20_001), take("left")),
            stage -> fails(stage, "maxEffects")),
        Scenario.of(
            "R10_a_set_that_is_too_large_fails_its_run",
            () ->
                List.of(
                    step("emit")
                        .handler(
                            Begin.class,
                            (begin, context) -> {
                              context.collectEvents(
                                  begin, Collections.nCopies(20_001, Begin.class));
                              return null;
                            })),
            stage -> fails(stage, "maxSetSize")),
        Scenario.of(
            "R10_more_stream_events_than_a_run_may_have_fail_it",
            () ->
                List.of(
                    doing(
                        context ->
                            IntStream.rangeClosed(0, 1_000)
                                .forEach(i -> context.writeEventToStream(new Progress("p" + i))))),
            stage -> fails(stage, "maxStreamEvents")));
  }

  private static void fails(Stage stage, String limit) {
    fails(stage.start(BEGIN), limit);
  }

  private static void fails(StagedRun run, String limit) {
    assertThatThrownBy(() -> run.result(Done.class))
        .isInstanceOfSatisfying(
            RunFailedException.class,
            failed -> {
              assertThat(failed.errorType()).isEqualTo("LimitExceeded");
              assertThat(failed.errorMessage()).contains(limit);
              assertThat(failed.step()).isEqualTo("emit");
            });
  }

  private interface Deed {
    void on(RunContext context);
  }

  private static StepDefinition doing(Deed deed) {
    return step("emit")
        .emits(X.class, Done.class)
        .streams(Progress.class)
        .handler(
            Begin.class,
            (begin, context) -> {
              deed.on(context);
              return done("within all limits");
            });
  }

  private static StepDefinition fanOut(int width) {
    return step("emit")
        .emits(X.class)
        .handler(
            Begin.class,
            (begin, context) -> IntStream.range(0, width).mapToObj(i -> new X("x" + i)).toList());
  }

  private static StepDefinition take(String name) {
    return step(name).handler(X.class, (x, context) -> null);
  }

  private static StepDefinition answered() {
    return step("answered")
        .emits(Done.class)
        .handler(Answer.class, (answer, context) -> done(answer.text()));
  }
}
