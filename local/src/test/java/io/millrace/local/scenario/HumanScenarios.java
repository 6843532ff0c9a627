package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.TWICE;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.finish;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.InputRequiredEvent;
import io.millrace.RunFinishedException;
import io.millrace.RunInspection;
import io.millrace.SendOptions;
import io.millrace.Step;
import io.millrace.StreamCursor;
import io.millrace.StreamOptions;
import io.millrace.StreamedEvent;
import io.millrace.local.scenario.Scenario.On;
import io.millrace.local.scenario.Words.A;
import io.millrace.local.scenario.Words.Answer;
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

/** Runs that ask somebody, and those who answer. */
final class HumanScenarios {
  private HumanScenarios() {}

  /** As users write it. */
  static final class Asking {
    @Step
    public Question ask(Begin begin) {
      return new Question("which one?");
    }

    @Step
    public Done answered(Answer answer) {
      return done(answer.text());
    }
  }

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "W1_a_prompt_that_a_step_returns_is_on_the_stream_and_the_run_waits",
            () -> List.of(new Asking()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              StreamedEvent prompt = run.streamed(1).get(0);
              RunInspection waits = run.inspect();

              assertThat(prompt.kind()).isEqualTo(StreamedEvent.Kind.PROMPT);
              assertThat(prompt.is(InputRequiredEvent.class)).isTrue();
              assertThat(prompt.as(Question.class)).isEqualTo(new Question("which one?"));
              assertThat(waits.status()).isEqualTo(RunStatus.WAITING);
              assertThat(waits.executions()).isEmpty();
              assertThat(waits.prompts()).hasSize(1);
              assertThat(prompt.eventId()).hasValue(waits.prompts().get(0).eventId());
              run.send(new Answer("this one"), SendOptions.inReplyTo(prompt));
              assertThat(run.result(Done.class)).isEqualTo(done("this one"));
            }),
        Scenario.of(
            "W1_a_run_that_has_asked_and_still_works_is_running_and_waits_afterwards",
            () ->
                List.of(
                    ask(
                        RetryPolicy.ofDefaults(),
                        (begin, context) -> {
                          context.sendEvent(new Question("which one?"));
                          return new A("work");
                        }),
                    step("work").handler(A.class, (a, context) -> null),
                    answered()),
            stage -> {
              stage.hold("work");
              StagedRun run = stage.start(BEGIN);
              stage.awaitHeld("work", 1);

              assertThat(run.streamed(1).get(0).type()).isEqualTo("Question");
              assertThat(run.inspect().status()).isEqualTo(RunStatus.RUNNING);
              stage.release("work");
              assertThat(run.awaitQuiet().status()).isEqualTo(RunStatus.WAITING);
              run.send(new Answer("it"));
              assertThat(run.result(Done.class)).isEqualTo(done("it"));
            }),
        Scenario.of(
            "W1_a_prompt_of_an_attempt_that_fails_is_not_asked",
            () ->
                List.of(
                    ask(
                        TWICE,
                        (begin, context) -> {
                          context.sendEvent(new Question("attempt " + context.attempt()));
                          if (context.attempt() == 1) {
                            throw new IllegalStateException("once more");
                          }
                          return null;
                        }),
                    answered()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              run.await("the prompt", seen -> seen.prompts().size() == 1);
              run.send(new Answer("it"));
              run.result(Done.class);

              assertThat(run.stream())
                  .filteredOn(event -> event.kind() == StreamedEvent.Kind.PROMPT)
                  .extracting(event -> event.as(Question.class).text())
                  .containsExactly("attempt 2");
            }),
        Scenario.of(
            "W1_a_run_that_waits_does_not_stall_however_long_nobody_answers",
            () -> List.of(new Asking()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              run.awaitQuiet();
              stage.advance(Duration.ofSeconds(3));

              assertThat(run.inspect().status()).isEqualTo(RunStatus.WAITING);
              run.send(new Answer("late"));
              assertThat(run.result(Done.class)).isEqualTo(done("late"));
            }),
        Scenario.of(
            "W1_a_response_is_accepted_though_no_step_emits_it_and_nobody_asked",
            () -> List.of(silent(), answered()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              run.awaitQuiet();
              run.send(new Answer("unasked"));

              assertThat(run.result(Done.class)).isEqualTo(done("unasked"));
            }),
        Scenario.of(
                "W2_a_run_waits_for_days",
                () -> List.of(new Asking()),
                stage -> {
                  StagedRun run = stage.start(BEGIN);
                  run.awaitQuiet();
                  stage.advance(Duration.ofDays(30));

                  assertThat(run.inspect().status()).isEqualTo(RunStatus.WAITING);
                  run.send(new Answer("after a month"));
                  assertThat(run.result(Done.class)).isEqualTo(done("after a month"));
                })
            .notOn("its days take their time", On.BROKER),
        Scenario.of(
            "W2_a_run_that_waits_outlives_the_coordinator",
            () -> List.of(new Asking()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              StreamedEvent prompt = run.streamed(1).get(0);
              stage.restartCoordinator();

              assertThat(run.inspect().prompts()).hasSize(1);
              run.send(new Answer("later"), SendOptions.inReplyTo(prompt));
              assertThat(run.result(Done.class)).isEqualTo(done("later"));
              assertThat(run.stream())
                  .extracting(StreamedEvent::type)
                  .containsExactly("Question", "Done");
            }),
        Scenario.of(
            "W2_a_reader_goes_on_where_another_has_left_off",
            () -> List.of(new Asking()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              String saved = run.streamed(1).get(0).cursor().toString();
              run.send(new Answer("it"));
              run.result(Done.class);

              assertThat(run.stream(StreamOptions.from(StreamCursor.parse(saved))))
                  .extracting(StreamedEvent::type)
                  .containsExactly("Done");
              assertThat(run.stream())
                  .extracting(StreamedEvent::type)
                  .containsExactly("Question", "Done");
            }),
        Scenario.of(
            "W7_an_event_that_is_sent_twice_under_one_id_is_taken_once",
            () -> List.of(silent(), both()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              SendOptions once = SendOptions.ofDefaults().withEventId("vote");

              assertThat(run.send(new Answer("one"), once)).isTrue();
              assertThat(run.send(new Answer("one"), once)).isFalse();
              assertThat(run.send(new Answer("two"))).isTrue();
              assertThat(run.result(Done.class).names()).containsExactlyInAnyOrder("one", "two");
            }),
        Scenario.of(
            "W7_sending_to_a_finished_run_raises_and_changes_nothing",
            () -> List.of(new Asking()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              run.awaitQuiet();
              run.send(new Answer("in time"));
              run.result(Done.class);

              assertThatThrownBy(() -> run.send(new Answer("late")))
                  .isInstanceOf(RunFinishedException.class)
                  .hasMessageContaining(run.id());
              assertThat(run.result(Done.class)).isEqualTo(done("in time"));
            }),
        Scenario.of(
            "W7_of_two_answers_to_one_prompt_the_first_wins_and_the_other_is_reported",
            () -> List.of(new Asking()),
            stage -> {
              stage.hold("answered");
              StagedRun run = stage.start(BEGIN);
              SendOptions reply = SendOptions.inReplyTo(run.streamed(1).get(0));
              run.send(new Answer("first"), reply);
              run.send(new Answer("second"), reply);
              stage.awaitHeld("answered", 1);
              RunInspection both = run.inspect();
              stage.release("answered");

              assertThat(both.notes()).anySatisfy(note -> assertThat(note).contains("Answer"));
              assertThat(run.result(Done.class)).isEqualTo(done("first"));
            }),
        Scenario.of(
            "W7_an_answer_to_a_prompt_that_nobody_asked_is_reported",
            () -> List.of(new Asking(), finish()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              run.awaitQuiet();
              run.send(new Answer("to whom?"), SendOptions.inReplyTo("never-asked"));

              assertThat(run.awaitQuiet().notes())
                  .anySatisfy(note -> assertThat(note).contains("never-asked"));
              assertThat(run.inspect().prompts()).hasSize(1);
              run.send(new Finish());
              assertThat(run.result(Done.class)).isEqualTo(done("finished"));
            }),
        Scenario.of(
            "W7_an_answer_that_names_no_prompt_answers_the_oldest",
            () ->
                List.of(
                    ask(
                        RetryPolicy.ofDefaults(),
                        (begin, context) -> {
                          context.sendEvent(new Question("first"));
                          context.sendEvent(new Question("second"));
                          return null;
                        }),
                    both()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              List<StreamedEvent> prompts = run.streamed(2);
              run.send(new Answer("one"));
              RunInspection left = run.awaitQuiet();
              run.send(new Answer("two"));

              assertThat(prompts)
                  .extracting(prompt -> prompt.as(Question.class).text())
                  .containsExactly("first", "second");
              assertThat(left.prompts())
                  .extracting(RunInspection.Prompt::eventId)
                  .containsExactly(prompts.get(1).eventId().orElseThrow());
              assertThat(run.result(Done.class).names()).containsExactlyInAnyOrder("one", "two");
            }));
  }

  private static StepDefinition ask(RetryPolicy retry, Handler<Begin> handler) {
    return step("ask").emits(Question.class, A.class).retry(retry).handler(Begin.class, handler);
  }

  private static StepDefinition silent() {
    return step("silent").handler(Begin.class, (begin, context) -> null);
  }

  private static StepDefinition answered() {
    return step("answered")
        .emits(Done.class)
        .handler(Answer.class, (answer, context) -> done(answer.text()));
  }

  /** Ends the run with two answers. */
  private static StepDefinition both() {
    return step("both")
        .emits(Done.class)
        .handler(
            Answer.class,
            (answer, context) ->
                context
                    .collectEvents(answer, Answer.class, Answer.class)
                    .map(
                        set ->
                            new Done(set.list(Answer.class).stream().map(Answer::text).toList())));
  }
}
