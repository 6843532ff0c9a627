package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.TWICE;
import static io.millrace.local.scenario.Words.emit;
import static io.millrace.local.scenario.Words.executions;
import static io.millrace.local.scenario.Words.fired;
import static io.millrace.local.scenario.Words.itemNames;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.RunContext;
import io.millrace.RunFailedException;
import io.millrace.RunStalledException;
import io.millrace.Step;
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
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Steps that take several events, each as a parameter. */
final class StaticJoinScenarios {
  private StaticJoinScenarios() {}

  /** As users write it. */
  static final class Pair {
    @Step(name = "join", streams = Progress.class)
    public Fired pair(A a, B b, RunContext context) {
      context.writeEventToStream(new Progress("invoked"));
      return new Fired(a.name() + " " + b.name());
    }
  }

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "C6_a_step_of_two_parameters_is_invoked_once_for_a_set_and_not_for_its_parts",
            () -> List.of(emit(new B("b"), new A("a")), new Pair(), fired(1)),
            stage -> {
              StagedRun run = stage.start(BEGIN);

              assertThat(run.result(Done.class).names()).containsExactly("a b");
              assertThat(executions(run.stream(), "join")).isEqualTo(1);
            }),
        Scenario.of(
            "C6_every_complete_set_fires_exactly_once",
            () -> List.of(emit(pairs(10)), join(A.class, B.class), fired(10)),
            stage -> {
              StagedRun run = stage.start(BEGIN);

              List<String> sets = run.result(Done.class).names();
              assertThat(sets.stream().flatMap(set -> Stream.of(set.split(" "))))
                  .containsExactlyInAnyOrderElementsOf(
                      Stream.of(pairs(10)).map(Item::name).toList());
              assertThat(executions(run.stream(), "join")).isEqualTo(10);
            }),
        Scenario.of(
                "C6_surplus_is_kept_for_the_next_set_first_in_first_out",
                () ->
                    List.of(
                        emit(new A("a1"), new A("a2"), new B("b1"), new B("b2")),
                        join(A.class, B.class),
                        fired(2)),
                stage -> expect(stage, "a1 b1", "a2 b2"))
            .whereEventsArriveInOrder(),
        Scenario.of(
                "C6_the_order_is_that_of_the_parameters_and_equal_types_come_by_arrival",
                () ->
                    List.of(
                        emit(new B("b"), new A("a1"), new A("a2")),
                        join(A.class, B.class, A.class),
                        fired(1)),
                stage -> expect(stage, "a1 b a2"))
            .whereEventsArriveInOrder(),
        Scenario.of(
            "C6_other_steps_get_the_parts_as_usual_and_each_join_has_a_set_of_its_own",
            () ->
                List.of(
                    emit(new A("a"), new B("b")),
                    join(A.class, B.class),
                    join("other", RetryPolicy.ofDefaults(), B.class, A.class),
                    step("part")
                        .emits(Fired.class)
                        .handler(A.class, (a, context) -> new Fired("part " + a.name())),
                    fired(3)),
            stage -> expect(stage, "a b", "b a", "part a")),
        Scenario.of(
            "C6_a_set_may_come_from_steps_that_know_nothing_of_each_other",
            () ->
                List.of(
                    step("left").emits(A.class).handler(Begin.class, (b, context) -> new A("l")),
                    step("right").emits(B.class).handler(Begin.class, (b, context) -> new B("r")),
                    join(A.class, B.class),
                    fired(1)),
            stage -> expect(stage, "l r")),
        Scenario.of(
            "C6_an_event_that_is_sent_to_the_join_by_name_is_part_of_its_set",
            () ->
                List.of(
                    step("send")
                        .emits(A.class, B.class)
                        .handler(
                            Begin.class,
                            (begin, context) -> {
                              context.sendEvent(new A("a"), "join");
                              return new B("b");
                            }),
                    join(A.class, B.class),
                    fired(1)),
            stage -> expect(stage, "a b")),
        Scenario.of(
            "C6_a_join_that_is_retried_gets_the_same_set",
            () ->
                List.of(
                    emit(new A("a1"), new B("b1"), new A("a2"), new B("b2")),
                    join(
                        "join",
                        TWICE,
                        (set, context) -> {
                          if (context.attempt() == 1) {
                            throw new IllegalStateException(set);
                          }
                          assertThat(context.retryInfo().lastErrorMessage()).hasValue(set);
                          return new Fired(set);
                        },
                        A.class,
                        B.class),
                    fired(2)),
            stage ->
                assertThat(
                        stage.start(BEGIN).result(Done.class).names().stream()
                            .flatMap(set -> Stream.of(set.split(" "))))
                    .containsExactlyInAnyOrder("a1", "a2", "b1", "b2")),
        Scenario.of(
            "C6_a_join_that_fails_fails_the_run_by_its_name",
            () ->
                List.of(
                    emit(new A("a"), new B("b")),
                    join(
                        "join",
                        RetryPolicy.ofDefaults(),
                        (set, context) -> {
                          throw new IllegalStateException("no use for " + set);
                        },
                        A.class,
                        B.class),
                    fired(1)),
            stage ->
                assertThatThrownBy(() -> stage.start(BEGIN).result(Done.class))
                    .isInstanceOfSatisfying(
                        RunFailedException.class,
                        failed -> {
                          assertThat(failed.step()).isEqualTo("join");
                          assertThat(failed.errorMessage()).isEqualTo("no use for a b");
                        })),
        Scenario.of(
            "C6_a_run_that_has_only_parts_stalls_and_says_what_is_lacking",
            () ->
                List.of(
                    emit(new A("a1"), new A("a2"), new X("x")),
                    join(A.class, B.class, B.class),
                    step("rest").handler(X.class, (x, context) -> null),
                    fired(1)),
            stage ->
                assertThatThrownBy(() -> stage.start(BEGIN).result(Done.class))
                    .isInstanceOfSatisfying(
                        RunStalledException.class,
                        stalled -> {
                          assertThat(stalled.buffers()).hasSize(1);
                          assertThat(stalled.buffers().get(0).step()).isEqualTo("join");
                          assertThat(stalled.buffers().get(0).holds()).isEqualTo(Map.of("A", 2));
                          assertThat(stalled.buffers().get(0).lacks()).isEqualTo(Map.of("B", 2));
                        })));
  }

  private static StepDefinition join(Class<?>... types) {
    return join("join", RetryPolicy.ofDefaults(), types);
  }

  private static StepDefinition join(String name, RetryPolicy retry, Class<?>... types) {
    return join(
        name,
        retry,
        (set, context) -> {
          context.writeEventToStream(new Progress("invoked"));
          return new Fired(set);
        },
        types);
  }

  /**
   * @param handler of the set's names
   */
  private static StepDefinition join(
      String name, RetryPolicy retry, Handler<String> handler, Class<?>... types) {
    return step(name)
        .joins(types)
        .emits(Fired.class)
        .streams(Progress.class)
        .retry(retry)
        .handler((set, context) -> handler.handle(String.join(" ", itemNames(set)), context));
  }

  private static void expect(Stage stage, String... sets) {
    assertThat(stage.start(BEGIN).result(Done.class).names()).containsExactlyInAnyOrder(sets);
  }

  private static Item[] pairs(int count) {
    return IntStream.range(0, count)
        .boxed()
        .flatMap(i -> Stream.<Item>of(new A("a" + i), new B("b" + i)))
        .toArray(Item[]::new);
  }
}
