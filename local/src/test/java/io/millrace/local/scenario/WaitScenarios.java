package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.TWICE;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.finish;
import static io.millrace.local.scenario.Words.join;
import static io.millrace.local.scenario.Words.split;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.RunContext;
import io.millrace.RunFailedException;
import io.millrace.RunInspection;
import io.millrace.Step;
import io.millrace.StreamedEvent;
import io.millrace.WaitSpec;
import io.millrace.WaitTimeoutException;
import io.millrace.local.scenario.Scenario.On;
import io.millrace.local.scenario.Words.A;
import io.millrace.local.scenario.Words.Answer;
import io.millrace.local.scenario.Words.B;
import io.millrace.local.scenario.Words.Begin;
import io.millrace.local.scenario.Words.Done;
import io.millrace.local.scenario.Words.Finish;
import io.millrace.local.scenario.Words.Question;
import io.millrace.protocol.RunStatus;
import io.millrace.step.RetryPolicy;
import io.millrace.step.StepBuilder.Handler;
import io.millrace.step.StepDefinition;
import java.time.Duration;
import java.util.List;

/** Steps that wait where they stand: how they sleep, wake and give up. */
final class WaitScenarios {
  private static final WaitSpec ASK = WaitSpec.ofDefaults().withPrompt(new Question("which one?"));

  private static final WaitSpec SHORT = ASK.withTimeout(Duration.ofSeconds(2));

  private WaitScenarios() {}

  /** As users write it. */
  static final class Asking {
    @Step(waitsFor = Answer.class)
    public Done ask(Begin begin, RunContext context) {
      return done(begin.name(), context.waitForEvent(Answer.class, ASK).text());
    }
  }

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "W3_a_step_that_waits_is_suspended_and_goes_on_with_the_answer",
            () -> List.of(new Asking()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              RunInspection waits = run.awaitQuiet();

              assertThat(waits.status()).isEqualTo(RunStatus.WAITING);
              assertThat(waits.executions())
                  .extracting(RunInspection.Execution::phase)
                  .containsExactly("SUSPENDED");
              assertThat(waits.waiters())
                  .singleElement()
                  .satisfies(
                      waiter -> {
                        assertThat(waiter.step()).isEqualTo("ask");
                        assertThat(waiter.eventType()).isEqualTo("Answer");
                      });
              run.send(new Answer("this one"));
              assertThat(run.result(Done.class)).isEqualTo(done("begin", "this one"));
            }),
        Scenario.of(
            "W3_what_a_step_did_before_it_waited_is_dropped_and_done_once_with_the_answer",
            () ->
                List.of(
                    ask(
                        (begin, context) -> {
                          context.state().increment("invoked", 1);
                          context.sendEvent(new A("sent"));
                          return new B(context.waitForEvent(Answer.class, ASK).text());
                        }),
                    step("join")
                        .joins(A.class, B.class)
                        .emits(Done.class)
                        .handler(
                            (set, context) ->
                                done(
                                    context.state().get("invoked", Long.class).orElseThrow() + "",
                                    String.join(" ", Words.itemNames(set))))),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              RunInspection waits = run.awaitQuiet();
              run.send(new Answer("answered"));

              assertThat(waits.buffers()).isEmpty();
              assertThat(waits.stateKeys()).isEmpty();
              assertThat(run.result(Done.class)).isEqualTo(done("1", "sent answered"));
            }),
        Scenario.of(
            "W3_the_prompt_of_a_wait_is_published_once",
            () ->
                List.of(
                    ask(
                        (begin, context) ->
                            done(
                                context.waitForEvent(Answer.class, ASK).text(),
                                context.waitForEvent(Answer.class).text()))),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              answerNextWait(run, "one");
              answerNextWait(run, "two");

              assertThat(run.result(Done.class)).isEqualTo(done("one", "two"));
              assertThat(prompts(run)).containsExactly("which one?");
            }),
        Scenario.of(
            "W3_a_step_that_waits_holds_no_worker",
            () -> List.of(split(new A("a"), new A("b"), new A("c")), oneAtATime(), join(B.class)),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              run.await("all wait", seen -> seen.waiters().size() == 3);
              run.send(new Answer("all"));

              assertThat(run.result(Done.class)).isEqualTo(done("a all", "b all", "c all"));
            }),
        Scenario.of(
            "W3_a_wait_outlives_the_coordinator",
            () -> List.of(new Asking()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              run.awaitQuiet();
              stage.restartCoordinator();
              run.send(new Answer("later"));

              assertThat(run.result(Done.class)).isEqualTo(done("begin", "later"));
              assertThat(prompts(run)).containsExactly("which one?");
            }),
        Scenario.of(
            "W6_a_wait_that_takes_too_long_raises_inside_the_step",
            () ->
                List.of(
                    ask(
                        (begin, context) -> {
                          try {
                            return done(context.waitForEvent(Answer.class, SHORT).text());
                          } catch (WaitTimeoutException e) {
                            return done("nobody answered");
                          }
                        })),
            stage ->
                assertThat(stage.start(BEGIN).result(Done.class))
                    .isEqualTo(done("nobody answered"))),
        Scenario.of(
            "W6_a_timeout_that_the_step_does_not_catch_is_its_failure",
            () -> List.of(ask((begin, context) -> context.waitForEvent(Answer.class, SHORT))),
            stage ->
                assertThatThrownBy(() -> stage.start(BEGIN).result(Done.class))
                    .isInstanceOfSatisfying(
                        RunFailedException.class,
                        failed -> {
                          assertThat(failed.step()).isEqualTo("ask");
                          assertThat(failed.errorType())
                              .isEqualTo(WaitTimeoutException.class.getName());
                        })),
        Scenario.of(
            "W6_the_timeout_of_a_wait_outlives_the_coordinator",
            () -> List.of(ask((begin, context) -> context.waitForEvent(Answer.class, SHORT))),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              assertThat(run.streamed(1).get(0).type()).isEqualTo("Question");
              stage.restartCoordinator();

              assertThatThrownBy(() -> run.result(Done.class))
                  .hasMessageContaining("WaitTimeoutException");
            }),
        Scenario.of(
                "W6_an_answer_in_time_ends_the_timeout",
                () ->
                    List.of(
                        ask(
                            (begin, context) ->
                                new A(context.waitForEvent(Answer.class, SHORT).text())),
                        step("keep").handler(A.class, (a, context) -> null),
                        finish()),
                stage -> {
                  StagedRun run = stage.start(BEGIN);
                  run.await("the wait", seen -> seen.waiters().size() == 1);
                  run.send(new Answer("in time"));
                  stage.advance(Duration.ofSeconds(3));

                  assertThat(run.awaitQuiet().status()).isEqualTo(RunStatus.WAITING);
                  run.send(new Finish());
                  assertThat(run.result(Done.class)).isEqualTo(done("finished"));
                })
            .notOn(
                "the time would have to be longer than a restart of the coordinator takes",
                On.BROKER),
        Scenario.of(
            "W6_a_retry_after_the_answer_uses_it_again_and_does_not_ask_again",
            () ->
                List.of(
                    ask(
                        TWICE,
                        (begin, context) -> {
                          String answer = context.waitForEvent(Answer.class, ASK).text();
                          if (context.attempt() == 1) {
                            throw new IllegalStateException("once more");
                          }
                          return done(answer);
                        })),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              run.awaitQuiet();
              run.send(new Answer("only once"));

              assertThat(run.result(Done.class)).isEqualTo(done("only once"));
              assertThat(prompts(run)).containsExactly("which one?");
            }));
  }

  private static StepDefinition ask(Handler<Begin> handler) {
    return ask(RetryPolicy.ofDefaults(), handler);
  }

  private static StepDefinition ask(RetryPolicy retry, Handler<Begin> handler) {
    return step("ask")
        .emits(A.class, B.class, Done.class)
        .waitsFor(Answer.class)
        .retry(retry)
        .handler(Begin.class, handler);
  }

  private static StepDefinition oneAtATime() {
    return step("ask")
        .concurrency(1)
        .emits(B.class)
        .waitsFor(Answer.class)
        .handler(
            A.class,
            (a, context) -> new B(a.name() + " " + context.waitForEvent(Answer.class).text()));
  }

  private static void answerNextWait(StagedRun run, String text) {
    run.await("a wait for " + text, seen -> seen.waiters().size() == 1);
    run.send(new Answer(text));
  }

  private static List<String> prompts(StagedRun run) {
    return run.stream().stream()
        .filter(event -> event.kind() == StreamedEvent.Kind.PROMPT)
        .map(event -> event.as(Question.class).text())
        .toList();
  }
}
