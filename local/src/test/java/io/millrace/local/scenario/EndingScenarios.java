package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.emit;
import static io.millrace.local.scenario.Words.finish;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.OutcomeSummary;
import io.millrace.RunCancelledException;
import io.millrace.RunFailedException;
import io.millrace.RunFinishedException;
import io.millrace.RunInspection;
import io.millrace.StartOptions;
import io.millrace.StreamedEvent;
import io.millrace.UnknownRunException;
import io.millrace.local.scenario.Scenario.On;
import io.millrace.local.scenario.Words.A;
import io.millrace.local.scenario.Words.Answer;
import io.millrace.local.scenario.Words.B;
import io.millrace.local.scenario.Words.Begin;
import io.millrace.local.scenario.Words.Done;
import io.millrace.local.scenario.Words.Finish;
import io.millrace.local.scenario.Words.Progress;
import io.millrace.local.scenario.Words.Question;
import io.millrace.local.scenario.Words.X;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RunStatus;
import io.millrace.step.RetryPolicy;
import io.millrace.step.StepDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How runs end, and are seen and forgotten. */
final class EndingScenarios {
  /** Enough for a first step on a machine that has other things to do. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private EndingScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "R3_of_two_stop_events_in_one_completion_the_first_counts",
            () ->
                List.of(
                    step("both")
                        .emits(Done.class)
                        .handler(
                            Begin.class,
                            (begin, context) -> {
                              context.sendEvent(done("sent"));
                              context.state().set("after", true);
                              return done("returned");
                            })),
            stage -> {
              StagedRun run =
                  stage.start(BEGIN, StartOptions.ofDefaults().withOutcomeKeys("after"));

              assertThat(run.result(Done.class)).isEqualTo(done("sent"));
              assertThat(run.outcome().state().plain()).isEmpty();
            }),
        Scenario.of(
            "R3_a_race_of_steps_has_one_winner_whom_everybody_names",
            () -> List.of(emit(new X("x1"), new X("x2"), new X("x3")), race()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              Done result = run.result(Done.class);
              List<StreamedEvent> stream = run.stream();

              assertThat(List.of(done("x1"), done("x2"), done("x3"))).contains(result);
              assertThat(stream).filteredOn(StreamedEvent::isTerminal).hasSize(1);
              assertThat(stream.get(stream.size() - 1).as(Done.class)).isEqualTo(result);
              assertThat(run.inspect().executions()).isEmpty();
            }),
        Scenario.of(
            "R3_what_was_held_when_the_run_ended_cannot_change_it_later",
            () ->
                List.of(emit(new A("a"), new B("b")), end("quick", A.class), end("slow", B.class)),
            stage -> {
              stage.hold("slow");
              StagedRun run = stage.start(BEGIN);

              assertThat(run.result(Done.class)).isEqualTo(done("quick"));
              stage.release("slow");
              stage.advance(Duration.ofMillis(300));
              assertThat(run.result(Done.class)).isEqualTo(done("quick"));
              assertThat(run.inspect().status()).isEqualTo(RunStatus.COMPLETED);
            }),
        Scenario.of(
            "R4_an_outcome_tells_what_there_is_to_know",
            () -> List.of(emit(new A("a")), end("quick", A.class)),
            stage -> {
              OutcomeSummary outcome = stage.start(BEGIN).outcome();

              assertThat(outcome.status()).isEqualTo(OutcomeStatus.COMPLETED);
              assertThat(outcome.epoch()).isEqualTo(1);
              assertThat(outcome.resultType()).hasValue("Done");
              assertThat(outcome.failedStep()).isEmpty();
              assertThat(outcome.activeSteps()).isEmpty();
              assertThat(outcome.endedAt()).isAfterOrEqualTo(outcome.startedAt());
            }),
        Scenario.of(
            "R4_each_way_to_end_is_the_last_thing_on_the_stream",
            () -> List.of(emit(), end("slow", Finish.class)),
            stage -> {
              stage.hold("emit");
              StagedRun cancelled = stage.start(BEGIN);
              stage.awaitHeld("emit", 1);
              cancelled.cancel("no more");
              StagedRun late = stage.start(BEGIN, StartOptions.ofDefaults().withTimeout(TIMEOUT));

              assertThat(last(cancelled)).isEqualTo("RunCancelled");
              assertThat(last(late)).isEqualTo("RunTimedOut");
            }),
        Scenario.of(
            "R4_the_end_of_a_run_is_the_same_for_whoever_comes_later",
            () -> List.of(broken()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              OutcomeSummary outcome = run.outcome();
              StagedRun elsewhere = stage.attach(run.id());

              assertThatThrownBy(() -> elsewhere.result(Done.class))
                  .isInstanceOf(RunFailedException.class)
                  .hasMessageContaining("stone");
              assertThat(elsewhere.outcome()).isEqualTo(outcome);
              assertThat(last(elsewhere)).isEqualTo("RunFailed");
            }),
        Scenario.of(
            "R7_a_run_that_waits_can_be_cancelled_and_takes_nothing_afterwards",
            () -> List.of(ask(), end("answered", Answer.class)),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              run.await("a prompt", seen -> !seen.prompts().isEmpty());

              assertThat(run.cancel("enough")).isTrue();
              assertThatThrownBy(() -> run.send(new Answer("late")))
                  .isInstanceOf(RunFinishedException.class);
              assertThatThrownBy(() -> run.result(Done.class))
                  .isInstanceOf(RunCancelledException.class);
              assertThat(run.inspect().prompts()).isEmpty();
            }),
        Scenario.of(
            "R7_whoever_attaches_to_a_run_may_cancel_it",
            () -> List.of(ask(), end("answered", Answer.class)),
            stage -> {
              StagedRun run = stage.start(BEGIN);

              assertThat(stage.attach(run.id()).cancel("from elsewhere")).isTrue();
              assertThat(run.cancel("again")).isFalse();
              assertThatThrownBy(() -> run.result(Done.class))
                  .isInstanceOf(RunCancelledException.class)
                  .hasMessageContaining("from elsewhere");
            }),
        Scenario.of(
            "R7_a_cancelled_run_tries_nothing_again",
            () ->
                List.of(
                    step("later")
                        .emits(Done.class)
                        .retry(
                            RetryPolicy.ofDefaults()
                                .withMaxAttempts(2)
                                .withDelay(Duration.ofSeconds(1), 1))
                        .handler(
                            Begin.class,
                            (begin, context) -> {
                              if (context.attempt() == 1) {
                                throw new IllegalStateException("not yet");
                              }
                              return done("later");
                            })),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              run.await(
                  "the delay",
                  seen -> seen.executions().stream().allMatch(e -> e.phase().equals("RETRYING")));
              run.cancel("no more");
              stage.advance(Duration.ofMillis(1_500));

              assertThat(run.outcome().status()).isEqualTo(OutcomeStatus.CANCELLED);
            }),
        Scenario.of(
            "R7_an_unknown_run_cannot_be_cancelled_or_anything_else",
            () -> List.of(emit()),
            stage ->
                assertThatThrownBy(() -> stage.attach("ghost").cancel("boo"))
                    .isInstanceOf(UnknownRunException.class)
                    .hasMessageContaining("ghost")),
        Scenario.of(
            "R8_an_inspection_tells_of_prompts_buffers_and_state",
            () -> List.of(askAlong(), pairs(), finish(), end("answered", Answer.class)),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              run.await("a prompt", seen -> !seen.prompts().isEmpty());
              RunInspection seen = run.awaitQuiet();

              assertThat(seen.status()).isEqualTo(RunStatus.WAITING);
              assertThat(seen.prompts())
                  .extracting(RunInspection.Prompt::eventType)
                  .containsExactly("Question");
              assertThat(seen.buffers())
                  .singleElement()
                  .satisfies(buffer -> assertThat(buffer.holds()).isEqualTo(Map.of("A", 1)));
              assertThat(seen.stateKeys()).containsExactly("asked");
              assertThat(seen.outcome()).isEmpty();
              run.send(new Finish());
              assertThat(run.result(Done.class)).isEqualTo(done("finished"));
            }),
        Scenario.of(
                "R9_nothing_is_left_of_a_run_after_its_retention_and_its_id_is_free",
                () -> List.of(askAlong(), pairs(), end("answered", Answer.class)),
                stage -> {
                  StartOptions id = StartOptions.ofDefaults().withRunId("once").withState("k", 1);
                  StagedRun run = stage.start(BEGIN, id);
                  run.await("a prompt", seen -> !seen.prompts().isEmpty());
                  run.send(new Answer("yes"));
                  run.result(Done.class);
                  Instant begun = run.inspect().startedAt();
                  stage.advance(Duration.ofDays(6));
                  assertThat(run.inspect().status()).isEqualTo(RunStatus.COMPLETED);
                  assertThat(stage.remembers("once")).isTrue();

                  stage.advance(Duration.ofDays(1).plusMinutes(1));

                  assertThat(stage.remembers("once")).isFalse();
                  assertThatThrownBy(() -> stage.attach("once"))
                      .isInstanceOf(UnknownRunException.class);
                  StagedRun another =
                      stage.start(
                          new Begin("another"), StartOptions.ofDefaults().withRunId("once"));
                  assertThat(another.awaitQuiet().startedAt())
                      .isAfter(begun.plus(Duration.ofDays(7)));
                })
            .notOn("a week does not pass there while a test waits", On.BROKER),
        Scenario.of(
                "R9_a_run_that_failed_is_forgotten_with_all_that_a_redrive_would_have_needed",
                () ->
                    List.of(
                        emit(new A("a"), new B("b")),
                        pairs(),
                        step("fail")
                            .handler(
                                B.class,
                                (b, context) -> {
                                  throw new IllegalStateException("broken");
                                })),
                stage -> {
                  StagedRun run = stage.start(BEGIN, StartOptions.ofDefaults().withRunId("broken"));
                  run.outcome();
                  stage.advance(Duration.ofDays(7).plusMinutes(1));

                  assertThat(stage.remembers("broken")).isFalse();
                  assertThatThrownBy(run::redrive).isInstanceOf(UnknownRunException.class);
                })
            .notOn("a week does not pass there while a test waits", On.BROKER));
  }

  private static String last(StagedRun run) {
    List<StreamedEvent> stream = run.stream();
    return stream.get(stream.size() - 1).type();
  }

  private static StepDefinition end(String name, Class<?> type) {
    return step(name).emits(Done.class).handler(type, (event, context) -> done(name));
  }

  private static StepDefinition broken() {
    return step("broken")
        .emits(Done.class)
        .handler(
            Begin.class,
            (begin, context) -> {
              throw new IllegalStateException("no stone");
            });
  }

  private static StepDefinition race() {
    return step("race")
        .emits(Done.class)
        .streams(Progress.class)
        .handler(
            X.class,
            (x, context) -> {
              context.writeEventToStream(new Progress(x.name()));
              return done(x.name());
            });
  }

  private static StepDefinition ask() {
    return step("ask")
        .emits(Question.class)
        .handler(Begin.class, (begin, context) -> new Question("well?"));
  }

  /** Asks, and sends an A along. */
  private static StepDefinition askAlong() {
    return step("ask")
        .emits(Question.class, A.class)
        .handler(
            Begin.class,
            (begin, context) -> {
              context.state().set("asked", true);
              context.sendEvent(new A("a"));
              return new Question("well?");
            });
  }

  /** Wants an X, too, which nobody emits. */
  private static StepDefinition pairs() {
    return step("pairs")
        .accepts(A.class, B.class, X.class)
        .handler(
            (item, context) -> {
              context.collectEvents(item, A.class, B.class, X.class);
              return null;
            });
  }
}
