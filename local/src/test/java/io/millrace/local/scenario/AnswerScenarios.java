package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.finish;
import static io.millrace.local.scenario.Words.join;
import static io.millrace.local.scenario.Words.split;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.HumanResponseEvent;
import io.millrace.RunContext;
import io.millrace.RunInspection;
import io.millrace.SendOptions;
import io.millrace.WaitSpec;
import io.millrace.local.scenario.Words.A;
import io.millrace.local.scenario.Words.Answer;
import io.millrace.local.scenario.Words.B;
import io.millrace.local.scenario.Words.Begin;
import io.millrace.local.scenario.Words.Done;
import io.millrace.local.scenario.Words.Finish;
import io.millrace.local.scenario.Words.Fired;
import io.millrace.local.scenario.Words.Question;
import io.millrace.local.scenario.Words.X;
import io.millrace.step.StepBuilder.Handler;
import io.millrace.step.StepDefinition;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Which event answers which wait. */
final class AnswerScenarios {
  private AnswerScenarios() {}

  record Vote(String on, int count) implements HumanResponseEvent {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "W4_two_waits_of_one_step_never_share_an_answer",
            () ->
                List.of(
                    ask(
                        (begin, context) ->
                            done(
                                context.waitForEvent(Answer.class).text(),
                                context.waitForEvent(Answer.class).text()))),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              String first = awaitWaiters(run, 1).waiters().get(0).waiterId();
              run.send(new Answer("one"));
              RunInspection second =
                  run.await(
                      "the second wait",
                      seen -> seen.waiters().stream().anyMatch(w -> !w.waiterId().equals(first)));
              run.send(new Answer("two"));

              assertThat(second.waiters()).hasSize(1);
              assertThat(run.result(Done.class)).isEqualTo(done("one", "two"));
            }),
        Scenario.of(
            "W4_a_wait_has_the_id_that_the_step_gives_it",
            () ->
                List.of(
                    ask(
                        (begin, context) ->
                            done(
                                context
                                    .waitForEvent(
                                        Answer.class,
                                        WaitSpec.ofDefaults().withWaiterId("the miller"))
                                    .text()))),
            stage -> {
              StagedRun run = stage.start(BEGIN);

              assertThat(awaitWaiters(run, 1).waiters())
                  .extracting(RunInspection.Waiter::waiterId)
                  .containsExactly("the miller");
              run.send(new Answer("it"));
              assertThat(run.result(Done.class)).isEqualTo(done("it"));
            }),
        Scenario.of(
            "W4_only_an_event_whose_fields_are_as_required_answers",
            () ->
                List.of(
                    split(new A("x"), new A("y")), askEach(AnswerScenarios::voteOn), join(B.class)),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              awaitWaiters(run, 2);
              stage.restartCoordinator();
              run.send(new Vote("y", 1));
              RunInspection left = awaitWaiters(run, 1);
              run.send(new Vote("x", 2));

              assertThat(left.executions()).hasSize(1);
              assertThat(run.result(Done.class)).isEqualTo(done("x 2", "y 1"));
            }),
        Scenario.of(
            "W4_numbers_are_compared_by_value",
            () ->
                List.of(
                    askVote(WaitSpec.ofDefaults().where("count", 3L).where("on", "x")), finish()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              awaitWaiters(run, 1);
              run.send(new Vote("x", 33));
              run.send(new Vote("y", 3));
              assertThat(run.awaitQuiet().waiters()).hasSize(1);
              run.send(new Vote("x", 3));

              assertThat(run.result(Done.class)).isEqualTo(done("x 3"));
            }),
        Scenario.of(
            "W5_an_event_that_comes_before_its_waiter_is_kept_for_it",
            () -> List.of(askVote(WaitSpec.ofDefaults())),
            stage -> {
              stage.hold("ask");
              StagedRun run = stage.start(BEGIN);
              stage.awaitHeld("ask", 1);
              run.send(new Vote("early", 1));
              stage.restartCoordinator();
              stage.release("ask");

              assertThat(run.result(Done.class)).isEqualTo(done("early 1"));
            }),
        Scenario.of(
            "W5_of_the_events_that_came_early_the_oldest_that_is_as_required_answers",
            () -> List.of(askVote(WaitSpec.ofDefaults().where("on", "x"))),
            stage -> {
              stage.hold("ask");
              StagedRun run = stage.start(BEGIN);
              stage.awaitHeld("ask", 1);
              run.send(new Vote("y", 1));
              run.send(new Vote("x", 2));
              run.send(new Vote("x", 3));
              stage.release("ask");

              assertThat(run.result(Done.class)).isEqualTo(done("x 2"));
            }),
        Scenario.of(
            "W5_one_event_answers_every_wait_that_it_matches",
            () ->
                List.of(
                    split(new A("x"), new A("y"), new A("z")),
                    askEach(a -> WaitSpec.ofDefaults()),
                    join(B.class)),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              awaitWaiters(run, 3);
              run.send(new Vote("all", 1));

              assertThat(run.result(Done.class)).isEqualTo(done("x 1", "y 1", "z 1"));
            }),
        Scenario.of(
            "W5_a_step_may_answer_what_another_waits_for",
            () ->
                List.of(
                    askVote(WaitSpec.ofDefaults()),
                    step("answer")
                        .emits(Vote.class)
                        .handler(Begin.class, (begin, context) -> new Vote("from a step", 1))),
            stage ->
                assertThat(stage.start(BEGIN).result(Done.class)).isEqualTo(done("from a step 1"))),
        Scenario.of(
            "W5_an_answer_is_not_delivered_to_the_step_that_it_woke_and_is_to_others",
            () ->
                List.of(
                    step("ask")
                        .accepts(Begin.class, Answer.class)
                        .emits(Fired.class)
                        .waitsFor(Answer.class)
                        .handler(
                            (event, context) ->
                                event instanceof Begin
                                    ? new Fired(context.waitForEvent(Answer.class).text())
                                    : new Fired("delivered again")),
                    step("other")
                        .emits(Fired.class)
                        .handler(Answer.class, (answer, context) -> new Fired("the other")),
                    step("keep")
                        .emits(Done.class)
                        .handler(
                            Fired.class,
                            (fired, context) ->
                                context
                                    .collectEvents(fired, Collections.nCopies(9, Fired.class))
                                    .map(set -> done("nine"))),
                    finish()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              awaitWaiters(run, 1);
              run.send(new Answer("it"));

              assertThat(run.awaitQuiet().buffers().get(0).holds()).isEqualTo(Map.of("Fired", 2));
              run.send(new Finish());
              run.result(Done.class);
            }),
        Scenario.of(
            "W7_an_answer_goes_to_the_prompt_that_it_names",
            () ->
                List.of(
                    split(new A("x"), new A("y")),
                    askEach(a -> WaitSpec.ofDefaults().withPrompt(new Question(a.name()))),
                    join(B.class)),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              awaitWaiters(run, 2);
              run.streamed(2)
                  .forEach(
                      prompt -> {
                        int count = prompt.as(Question.class).text().equals("x") ? 10 : 20;
                        run.send(new Vote("any", count), SendOptions.inReplyTo(prompt));
                      });

              assertThat(run.result(Done.class)).isEqualTo(done("x 10", "y 20"));
            }),
        Scenario.of(
            "W7_of_two_answers_to_one_wait_the_first_wins_and_the_other_is_reported",
            () ->
                List.of(
                    step("ask")
                        .emits(X.class)
                        .waitsFor(Answer.class)
                        .handler(
                            Begin.class,
                            (begin, context) -> new X(context.waitForEvent(Answer.class).text())),
                    step("again")
                        .emits(Done.class)
                        .waitsFor(Answer.class)
                        .handler(
                            X.class,
                            (x, context) ->
                                done(x.name(), context.waitForEvent(Answer.class).text()))),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              awaitWaiters(run, 1);
              stage.hold("again");
              run.send(new Answer("first"));
              run.send(new Answer("second"));
              stage.awaitHeld("again", 1);
              stage.release("again");
              RunInspection asks = awaitWaiters(run, 1);
              run.send(new Answer("third"));

              assertThat(asks.notes()).anySatisfy(note -> assertThat(note).contains("Answer"));
              assertThat(run.result(Done.class)).isEqualTo(done("first", "third"));
            }));
  }

  private static RunInspection awaitWaiters(StagedRun run, int count) {
    return run.await(
        count + " waiters",
        seen ->
            seen.waiters().size() == count
                && seen.executions().stream().allMatch(e -> e.phase().equals("SUSPENDED")));
  }

  private static WaitSpec voteOn(A a) {
    return WaitSpec.ofDefaults().where("on", a.name());
  }

  private static StepDefinition ask(Handler<Begin> handler) {
    return step("ask").emits(Done.class).waitsFor(Answer.class).handler(Begin.class, handler);
  }

  private static StepDefinition askVote(WaitSpec spec) {
    return step("ask")
        .emits(Done.class)
        .waitsFor(Vote.class)
        .handler(Begin.class, (begin, context) -> done(text(context, spec)));
  }

  private static String text(RunContext context, WaitSpec spec) {
    Vote vote = context.waitForEvent(Vote.class, spec);
    return vote.on() + " " + vote.count();
  }

  /** Waits once for each A, and counts for it. */
  private static StepDefinition askEach(Function<A, WaitSpec> spec) {
    return step("ask")
        .emits(B.class)
        .waitsFor(Vote.class)
        .handler(
            A.class,
            (a, context) ->
                new B(a.name() + " " + context.waitForEvent(Vote.class, spec.apply(a)).count()));
  }
}
