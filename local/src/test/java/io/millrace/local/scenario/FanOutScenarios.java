package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.TWICE;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.executions;
import static io.millrace.local.scenario.Words.fired;
import static io.millrace.local.scenario.Words.itemNames;
import static io.millrace.local.scenario.Words.join;
import static io.millrace.local.scenario.Words.split;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.CatchError;
import io.millrace.RunContext;
import io.millrace.RunFailedException;
import io.millrace.Step;
import io.millrace.StepFailedEvent;
import io.millrace.local.scenario.Words.A;
import io.millrace.local.scenario.Words.B;
import io.millrace.local.scenario.Words.Begin;
import io.millrace.local.scenario.Words.Done;
import io.millrace.local.scenario.Words.Fired;
import io.millrace.local.scenario.Words.Item;
import io.millrace.local.scenario.Words.Progress;
import io.millrace.local.scenario.Words.X;
import io.millrace.step.RetryPolicy;
import io.millrace.step.StepBuilder.Handler;
import io.millrace.step.StepDefinition;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Steps that take a list: all that comes of a fan-out. */
final class FanOutScenarios {
  private FanOutScenarios() {}

  /** As users write it. */
  static final class Mill {
    @Step
    public List<A> split(Begin begin) {
      return List.of(new A("3"), new A("1"), new A("2"));
    }

    @Step
    public B work(A part) {
      return new B(part.name() + "!");
    }

    @Step(streams = Progress.class)
    public Done join(List<B> all, RunContext context) {
      context.writeEventToStream(new Progress("invoked"));
      return new Done(itemNames(all));
    }
  }

  /** Makes something of what a step made of nothing. */
  static final class Rescue {
    @CatchError(steps = "work")
    public B recover(StepFailedEvent failure) {
      return new B(failure.event(A.class).name() + " recovered");
    }
  }

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "C7_a_step_that_takes_a_list_fires_once_with_all_in_the_order_of_emission",
            () -> List.of(new Mill()),
            stage -> {
              StagedRun run = stage.start(BEGIN);

              assertThat(run.result(Done.class)).isEqualTo(done("3!", "1!", "2!"));
              assertThat(executions(run.stream(), "join")).isEqualTo(1);
            }),
        Scenario.of(
            "C7_the_order_is_that_of_emission_also_if_the_first_branch_ends_last",
            () -> List.of(split(new X("a"), new A("b"), new A("c")), slow(), work(), join(B.class)),
            stage -> {
              stage.hold("slow");
              StagedRun run = stage.start(BEGIN);
              stage.awaitHeld("slow", 1);
              run.await("the others are done", seen -> seen.executions().size() == 1);
              stage.release("slow");

              assertThat(run.result(Done.class)).isEqualTo(done("a", "b", "c"));
            }),
        Scenario.of(
            "C7_a_join_does_not_fire_while_a_branch_is_open",
            () -> List.of(split(new A("a"), new X("b")), slow(), work(), join(B.class)),
            stage -> {
              stage.hold("slow");
              stage.hold("join");
              StagedRun run = stage.start(BEGIN);
              stage.awaitHeld("slow", 1);
              run.await("the other is done", seen -> seen.executions().size() == 1);
              stage.awaitHeld("join", 0);
              stage.release("slow");
              stage.awaitHeld("join", 1);
              stage.release("join");

              assertThat(run.result(Done.class)).isEqualTo(done("a", "b"));
            }),
        Scenario.of(
            "C7_branches_that_end_with_null_drop_out",
            () ->
                List.of(
                    split(parts("a", "b", "c")),
                    work((part, context) -> part.name().equals("b") ? null : b(part)),
                    join(B.class)),
            stage -> expect(stage, "a", "c")),
        Scenario.of(
            "C7_a_join_fires_with_an_empty_list_if_every_branch_ends_with_null",
            () -> List.of(split(parts("a", "b")), work((part, context) -> null), join(B.class)),
            stage -> expect(stage)),
        Scenario.of(
            "C7_an_empty_fan_out_fires_with_an_empty_list",
            () -> List.of(split(), work(), join(B.class)),
            stage -> expect(stage)),
        Scenario.of(
            "C7_two_joins_on_one_fan_out_each_see_all_of_it",
            () -> List.of(split(parts("a", "b")), work(), seeAll("one"), seeAll("two"), fired(2)),
            stage ->
                assertThat(stage.start(BEGIN).result(Done.class).names())
                    .containsExactly("a b", "a b")),
        Scenario.of(
            "C7_members_may_go_to_the_join_themselves",
            () -> List.of(split(parts("a", "b")), join(A.class)),
            stage -> expect(stage, "a", "b")),
        Scenario.of(
            "C7_a_branch_may_take_several_steps_and_make_several_events",
            () ->
                List.of(
                    split(parts("a", "b")),
                    work(
                        (part, context) -> {
                          context.sendEvent(new B(part.name() + "1"));
                          return new X(part.name());
                        }),
                    step("next")
                        .emits(B.class)
                        .handler(X.class, (x, context) -> new B(x.name() + "2")),
                    join(B.class)),
            stage -> expect(stage, "a1", "a2", "b1", "b2")),
        Scenario.of(
            "C7_events_sent_beside_the_list_are_not_of_its_fan_out",
            () ->
                List.of(
                    step("split")
                        .fansOut(A.class)
                        .emits(X.class)
                        .handler(
                            Begin.class,
                            (begin, context) -> {
                              context.sendEvent(new X("beside"));
                              return List.of(new A("a"));
                            }),
                    step("beside").emits(B.class).handler(X.class, (x, context) -> new B(x.name())),
                    work(),
                    join(B.class)),
            stage -> expect(stage, "a")),
        Scenario.of(
            "C7_a_retried_member_counts_once",
            () ->
                List.of(
                    split(parts("a", "b", "c")),
                    work(TWICE, (part, context) -> failsOnce(part, context, "b")),
                    join(B.class)),
            stage -> expect(stage, "a", "b", "c")),
        Scenario.of(
            "C7_a_recovered_member_counts_once_and_in_its_place",
            () ->
                List.of(
                    split(parts("a", "b", "c")),
                    work((part, context) -> failsOnce(part, context, "b")),
                    new Rescue(),
                    join(B.class)),
            stage -> expect(stage, "a", "b recovered", "c")),
        Scenario.of(
            "C7_a_join_that_is_retried_gets_the_same_list_and_ends_the_run_once",
            () ->
                List.of(
                    split(parts("a", "b")),
                    work(),
                    step("join")
                        .joinsFanOut(B.class)
                        .emits(Done.class)
                        .retry(TWICE)
                        .handler(
                            (all, context) -> {
                              if (context.attempt() == 1) {
                                throw new IllegalStateException("once more");
                              }
                              return new Done(itemNames(all));
                            })),
            stage -> expect(stage, "a", "b")),
        Scenario.of(
            "C7_a_member_that_fails_fails_the_run_and_the_join_never_fires",
            () ->
                List.of(
                    split(parts("a", "b")),
                    work((part, context) -> failsOnce(part, context, "b")),
                    join(B.class)),
            stage ->
                assertThatThrownBy(() -> stage.start(BEGIN).result(Done.class))
                    .isInstanceOfSatisfying(
                        RunFailedException.class,
                        failed -> assertThat(failed.step()).isEqualTo("work"))),
        Scenario.of(
            "C8_a_fan_out_may_be_of_hundreds",
            () -> List.of(split(parts(many(300))), work(), join(B.class)),
            stage -> expect(stage, many(300))));
  }

  private static Item[] parts(String... names) {
    return Stream.of(names).map(A::new).toArray(Item[]::new);
  }

  private static StepDefinition work() {
    return work((part, context) -> b(part));
  }

  private static StepDefinition slow() {
    return step("slow").emits(B.class).handler(X.class, (part, context) -> b(part));
  }

  private static StepDefinition seeAll(String name) {
    return step(name)
        .joinsFanOut(B.class)
        .emits(Fired.class)
        .handler((all, context) -> new Fired(String.join(" ", itemNames(all))));
  }

  private static B b(Item part) {
    return new B(part.name());
  }

  private static B failsOnce(A part, RunContext context, String name) {
    if (part.name().equals(name) && context.attempt() == 1) {
      throw new IllegalStateException("no good: " + name);
    }
    return b(part);
  }

  private static StepDefinition work(Handler<A> handler) {
    return work(RetryPolicy.ofDefaults(), handler);
  }

  private static StepDefinition work(RetryPolicy retry, Handler<A> handler) {
    return step("work").emits(B.class, X.class).retry(retry).handler(A.class, handler);
  }

  private static void expect(Stage stage, String... names) {
    assertThat(stage.start(BEGIN).result(Done.class)).isEqualTo(done(names));
  }

  private static String[] many(int count) {
    return IntStream.range(0, count).mapToObj(i -> "n" + i).toArray(String[]::new);
  }
}
