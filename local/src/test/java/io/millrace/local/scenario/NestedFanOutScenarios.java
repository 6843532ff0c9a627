package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.executions;
import static io.millrace.local.scenario.Words.finish;
import static io.millrace.local.scenario.Words.fired;
import static io.millrace.local.scenario.Words.itemNames;
import static io.millrace.local.scenario.Words.join;
import static io.millrace.local.scenario.Words.split;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Event;
import io.millrace.RunContext;
import io.millrace.RunInspection;
import io.millrace.SendOptions;
import io.millrace.Step;
import io.millrace.Take;
import io.millrace.WaitSpec;
import io.millrace.local.scenario.Words.A;
import io.millrace.local.scenario.Words.Answer;
import io.millrace.local.scenario.Words.B;
import io.millrace.local.scenario.Words.Begin;
import io.millrace.local.scenario.Words.Done;
import io.millrace.local.scenario.Words.Finish;
import io.millrace.local.scenario.Words.Fired;
import io.millrace.local.scenario.Words.Item;
import io.millrace.local.scenario.Words.Progress;
import io.millrace.local.scenario.Words.Question;
import io.millrace.local.scenario.Words.X;
import io.millrace.protocol.RunStatus;
import io.millrace.step.StepDefinition;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Fan-outs in fan-outs, and what else may happen inside one. */
final class NestedFanOutScenarios {
  private NestedFanOutScenarios() {}

  /** The first two, however many there are. */
  static final class FirstTwo {
    @Step(streams = Progress.class)
    @Take(2)
    public Fired join(List<B> first, RunContext context) {
      context.writeEventToStream(new Progress("invoked"));
      return new Fired(String.join(" ", itemNames(first)));
    }
  }

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "C7_nested_fan_outs_join_inside_out",
            () -> List.of(split(new A("a"), new A("b")), again(2), each(), inner(), join(X.class)),
            stage -> expect(stage, "a0+a1", "b0+b1")),
        Scenario.of(
            "C7_an_inner_fan_out_that_is_empty_counts_as_a_branch_with_an_empty_list",
            () ->
                List.of(split(new A("a"), new A("none")), again(2), each(), inner(), join(X.class)),
            stage -> expect(stage, "a0+a1", "")),
        Scenario.of(
            "C7_three_fan_outs_deep_the_order_is_still_that_of_emission",
            () ->
                List.of(
                    step("outer")
                        .fansOut(Progress.class)
                        .handler(
                            Begin.class,
                            (begin, context) -> List.of(new Progress("p"), new Progress("q"))),
                    step("middle")
                        .fansOut(A.class)
                        .handler(
                            Progress.class,
                            (p, context) -> List.of(new A(p.text() + "a"), new A(p.text() + "b"))),
                    again(2),
                    each(),
                    inner(),
                    step("middleJoin")
                        .joinsFanOut(X.class)
                        .emits(Fired.class)
                        .handler((all, context) -> new Fired(String.join(" ", itemNames(all)))),
                    step("outerJoin")
                        .joinsFanOut(Fired.class)
                        .emits(Done.class)
                        .handler(
                            (all, context) ->
                                new Done(
                                    ((List<?>) all)
                                        .stream().map(f -> ((Fired) f).names()).toList()))),
            stage -> expect(stage, "pa0+pa1 pb0+pb1", "qa0+qa1 qb0+qb1")),
        Scenario.of(
            "C7_a_set_collected_within_a_fan_out_is_a_branch_of_it",
            () ->
                List.of(
                    split(new A("a1"), new A("a2"), new A("a3"), new A("a4")),
                    step("pair")
                        .emits(B.class)
                        .handler(
                            A.class,
                            (a, context) ->
                                context
                                    .collectEvents(a, A.class, A.class)
                                    .map(set -> new B(String.join("+", Words.names(set))))),
                    join(B.class)),
            stage -> {
              List<String> pairs = stage.start(BEGIN).result(Done.class).names();
              assertThat(pairs).hasSize(2);
              assertThat(pairs.stream().flatMap(pair -> Stream.of(pair.split("\\+"))))
                  .containsExactlyInAnyOrder("a1", "a2", "a3", "a4");
            }),
        Scenario.of(
            "C7_a_set_of_events_from_two_inner_fan_outs_belongs_to_the_one_around_both",
            () ->
                List.of(
                    split(new A("a"), new A("b")),
                    again(1),
                    step("pair")
                        .emits(X.class)
                        .handler(
                            B.class,
                            (b, context) ->
                                context
                                    .collectEvents(b, B.class, B.class)
                                    .map(set -> new X("of " + set.all().size()))),
                    // The inner fan-outs have an end, too: nothing is left in them.
                    step("join")
                        .joinsFanOut(X.class)
                        .emits(Fired.class)
                        .handler((all, context) -> new Fired(String.join(" ", itemNames(all)))),
                    fired(3)),
            stage ->
                assertThat(stage.start(BEGIN).result(Done.class).names())
                    .containsExactlyInAnyOrder("of 2", "", "")),
        Scenario.of(
            "C7_a_join_by_parameters_within_a_fan_out_is_a_branch_of_it",
            () ->
                List.of(
                    split(new A("a"), new X("x")),
                    step("pair")
                        .joins(A.class, X.class)
                        .emits(B.class)
                        .handler((set, context) -> new B(String.join("+", itemNames(set)))),
                    join(B.class)),
            stage -> expect(stage, "a+x")),
        Scenario.of(
            "C7_a_member_that_waits_for_a_human_keeps_the_fan_out_open",
            () ->
                List.of(
                    split(new A("a"), new X("x"), new A("b")),
                    each(A.class),
                    step("ask")
                        .emits(B.class)
                        .waitsFor(Answer.class)
                        .handler(
                            X.class,
                            (x, context) -> {
                              WaitSpec spec = WaitSpec.ofDefaults().withPrompt(question());
                              return new B(context.waitForEvent(Answer.class, spec).text());
                            }),
                    join(B.class)),
            NestedFanOutScenarios::answers),
        Scenario.of(
            "C7_a_prompt_that_a_member_returned_keeps_the_fan_out_open_and_its_answer_takes_its_place",
            () ->
                List.of(
                    split(new A("a"), new X("x"), new A("b")),
                    each(A.class),
                    step("ask").emits(Question.class).handler(X.class, (x, context) -> question()),
                    step("answered")
                        .emits(B.class)
                        .handler(Answer.class, (answer, context) -> new B(answer.text())),
                    join(B.class)),
            NestedFanOutScenarios::answers),
        Scenario.of(
            "C7_take_fires_early_with_the_first_and_drops_what_the_others_make",
            () ->
                List.of(
                    split(new X("late"), new A("a"), new A("b")),
                    each(A.class),
                    step("slow").emits(B.class).handler(X.class, (x, context) -> b(x)),
                    new FirstTwo(),
                    step("keep").handler(Fired.class, (fired, context) -> null),
                    finish()),
            stage -> {
              stage.hold("slow");
              stage.hold("keep");
              StagedRun run = stage.start(BEGIN);
              stage.awaitHeld("slow", 1);
              stage.awaitHeld("keep", 1);
              stage.release("slow");
              stage.release("keep");
              run.awaitQuiet();
              run.send(new Finish());

              assertThat(run.result(Done.class)).isEqualTo(done("finished"));
              assertThat(executions(run.stream(), "join")).isEqualTo(1);
            }),
        Scenario.of(
            "C7_take_gives_the_first_in_the_order_of_emission_and_all_if_there_are_fewer",
            () -> List.of(split(new A("only")), each(A.class), new FirstTwo(), fired(1)),
            stage -> expect(stage, "only")),
        Scenario.of(
            "C7_take_of_many_fires_with_as_many_as_it_says",
            () ->
                List.of(
                    split(IntStream.range(0, 20).mapToObj(i -> new A("a" + i)).toArray(A[]::new)),
                    each(A.class),
                    new FirstTwo(),
                    fired(1)),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              List<String> sets = run.result(Done.class).names();

              assertThat(sets).hasSize(1);
              assertThat(sets.get(0).split(" ")).hasSize(2).doesNotHaveDuplicates();
              assertThat(executions(run.stream(), "join")).isEqualTo(1);
            }));
  }

  private static void answers(Stage stage) {
    StagedRun run = stage.start(BEGIN);
    run.awaitQuiet();
    RunInspection waits = run.await("the prompt", seen -> seen.prompts().size() == 1);
    assertThat(waits.status()).isEqualTo(RunStatus.WAITING);
    assertThat(waits.outcome()).isEmpty();
    run.send(new Answer("yes"), SendOptions.inReplyTo(waits.prompts().get(0).eventId()));

    assertThat(run.result(Done.class)).isEqualTo(done("a", "yes", "b"));
  }

  private static Question question() {
    return new Question("may I?");
  }

  /** Fans each part out once more; one that is called "none" into nothing. */
  private static StepDefinition again(int parts) {
    return step("again")
        .fansOut(B.class)
        .handler(
            A.class,
            (a, context) ->
                IntStream.range(0, a.name().equals("none") ? 0 : parts)
                    .mapToObj(i -> new B(a.name() + i))
                    .toList());
  }

  private static StepDefinition each() {
    return step("each").emits(Tail.class).handler(B.class, (b, context) -> new Tail(b.name()));
  }

  private static StepDefinition each(Class<A> type) {
    return step("each").emits(B.class).handler(type, (a, context) -> b(a));
  }

  private static StepDefinition inner() {
    return step("inner")
        .joinsFanOut(Tail.class)
        .emits(X.class)
        .handler(
            (all, context) ->
                new X(
                    String.join(
                        "+", ((List<?>) all).stream().map(t -> ((Tail) t).name()).toList())));
  }

  record Tail(String name) implements Event {}

  private static B b(Item part) {
    return new B(part.name());
  }

  private static void expect(Stage stage, String... names) {
    assertThat(stage.start(BEGIN).result(Done.class)).isEqualTo(done(names));
  }
}
