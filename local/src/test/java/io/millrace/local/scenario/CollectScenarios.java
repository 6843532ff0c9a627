package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.TWICE;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.emit;
import static io.millrace.local.scenario.Words.finish;
import static io.millrace.local.scenario.Words.fired;
import static io.millrace.local.scenario.Words.gather;
import static io.millrace.local.scenario.Words.names;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.BufferState;
import io.millrace.CollectSpec;
import io.millrace.Collected;
import io.millrace.RunContext;
import io.millrace.RunInspection;
import io.millrace.local.scenario.Words.A;
import io.millrace.local.scenario.Words.Answer;
import io.millrace.local.scenario.Words.B;
import io.millrace.local.scenario.Words.Done;
import io.millrace.local.scenario.Words.Finish;
import io.millrace.local.scenario.Words.Fired;
import io.millrace.local.scenario.Words.Item;
import io.millrace.local.scenario.Words.More;
import io.millrace.local.scenario.Words.X;
import io.millrace.step.RetryPolicy;
import io.millrace.step.StepDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code collectEvents} gives, and to whom. */
final class CollectScenarios {
  private CollectScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
                "C1_a_complete_set_is_in_the_order_asked_and_of_one_type_by_arrival",
                () ->
                    List.of(
                        emit(new A("a1"), new A("a2"), new A("a3"), new B("b1")),
                        collect(A.class, B.class, A.class, A.class),
                        fired(1)),
                stage -> expect(stage, "a1 b1 a2 a3"))
            .whereEventsArriveInOrder(),
        Scenario.of(
            "C1_nothing_fires_before_the_multiset_is_complete",
            () ->
                List.of(
                    emit(new A("a1"), new B("b1"), new A("a2"), new A("a3")),
                    collect(A.class, B.class, B.class),
                    fired(1),
                    finish()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              RunInspection quiet = run.awaitQuiet();

              assertThat(quiet.buffers()).hasSize(1);
              BufferState buffer = quiet.buffers().get(0);
              assertThat(buffer.step()).isEqualTo("collect");
              assertThat(buffer.holds()).isEqualTo(Map.of("A", 3, "B", 1));
              assertThat(buffer.lacks()).isEqualTo(Map.of("B", 1));
              run.send(new Finish());
              assertThat(run.result(Done.class)).isEqualTo(done("finished"));
            }),
        Scenario.of(
            "C1_buffers_are_apart_by_id_and_each_has_all_that_is_offered_to_it",
            () ->
                List.of(
                    emit(new A("a"), new B("b")),
                    collect(
                        RetryPolicy.ofDefaults(),
                        (item, context) ->
                            Stream.of("one", "two")
                                .flatMap(
                                    id ->
                                        context
                                            .collectEvents(
                                                item, CollectSpec.of(A.class, B.class).inBuffer(id))
                                            .stream())
                                .map(CollectScenarios::setOf)
                                .toList()),
                    fired(2)),
            stage -> expect(stage, "a b", "a b")),
        Scenario.of(
            "C1_buffers_are_apart_by_step",
            () ->
                List.of(
                    emit(new A("a"), new B("b")),
                    collect("first", A.class, B.class),
                    collect("second", A.class, B.class),
                    fired(2)),
            stage -> expect(stage, "a b", "a b")),
        Scenario.of(
            "C1_sets_are_of_one_correlation_key",
            () ->
                List.of(
                    emit(new A("x1"), new A("y1"), new A("z1"), new B("y2"), new B("x2")),
                    collect(
                        RetryPolicy.ofDefaults(),
                        (item, context) ->
                            context
                                .collectEvents(
                                    item,
                                    CollectSpec.of(A.class, B.class)
                                        .correlatedBy(item.name().substring(0, 1)))
                                .map(CollectScenarios::setOf)),
                    fired(2)),
            stage -> expect(stage, "x1 x2", "y1 y2")),
        Scenario.of(
            "C1_an_empty_expectation_is_complete_at_once",
            () -> List.of(emit(new A("a"), new A("b")), collect(), fired(2)),
            stage -> expect(stage, "", "")),
        Scenario.of(
                "C2_surplus_is_kept_for_the_next_set_first_in_first_out",
                () ->
                    List.of(
                        emit(new A("a1"), new A("a2"), new B("b1"), new B("b2")),
                        collect(A.class, B.class),
                        fired(2)),
                stage -> expect(stage, "a1 b1", "a2 b2"))
            .whereEventsArriveInOrder(),
        Scenario.of(
            "C2_an_event_that_is_not_expected_is_ignored_by_the_buffer_and_noted",
            () ->
                List.of(
                    emit(new X("x"), new A("a")), collect(A.class, B.class), fired(1), finish()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              RunInspection quiet = run.awaitQuiet();

              assertThat(holds(quiet)).isEqualTo(Map.of("A", 1));
              assertThat(quiet.notes()).anySatisfy(note -> assertThat(note).contains("X"));
              run.send(new Finish());
              assertThat(run.result(Done.class)).isEqualTo(done("finished"));
            }),
        Scenario.of(
            "C3_an_event_counts_once_though_its_attempt_is_retried",
            // The second event comes only when the first has been offered twice.
            () ->
                List.of(
                    emit(new A("a1")),
                    more(),
                    collect(
                        TWICE,
                        (item, context) -> {
                          Optional<Collected> set = context.collectEvents(item, A.class, A.class);
                          if (item.name().equals("a1") && set.isEmpty()) {
                            if (context.attempt() == 1) {
                              throw new IllegalStateException("once more");
                            }
                            return new More("a2");
                          }
                          return set.map(CollectScenarios::setOf);
                        }),
                    fired(1)),
            stage -> expectItems(stage, "a1", "a2")),
        Scenario.of(
            "C3_an_event_counts_once_though_it_is_offered_twice_in_one_attempt",
            () ->
                List.of(
                    emit(new A("a1")),
                    collect(
                        RetryPolicy.ofDefaults(),
                        (item, context) -> {
                          context.collectEvents(item, A.class, A.class);
                          return context
                              .collectEvents(item, A.class, A.class)
                              .map(CollectScenarios::setOf);
                        }),
                    fired(1),
                    finish()),
            stage -> {
              StagedRun run = stage.start(BEGIN);

              assertThat(holds(run.awaitQuiet())).isEqualTo(Map.of("A", 1));
              run.send(new Finish());
              assertThat(run.result(Done.class)).isEqualTo(done("finished"));
            }),
        Scenario.of(
            "C4_each_event_is_in_exactly_one_set_and_every_complete_set_fires_exactly_once",
            () -> List.of(emit(pairs(20)), collect(A.class, B.class), fired(20)),
            stage ->
                expectItems(stage, Stream.of(pairs(20)).map(Item::name).toArray(String[]::new))),
        Scenario.of(
            "C4_the_call_that_fires_sees_the_same_set_when_its_attempt_is_tried_again",
            () ->
                List.of(
                    emit(new A("a1"), new B("b1"), new A("a2"), new B("b2")),
                    collect(
                        TWICE,
                        (item, context) -> {
                          Optional<Collected> set = context.collectEvents(item, A.class, B.class);
                          if (set.isPresent() && context.attempt() == 1) {
                            throw new IllegalStateException(names(set.get()).toString());
                          }
                          if (set.isPresent()) {
                            assertThat(context.retryInfo().lastErrorMessage())
                                .hasValue(names(set.get()).toString());
                          }
                          return set.map(CollectScenarios::setOf);
                        }),
                    fired(2)),
            stage -> expectItems(stage, "a1", "a2", "b1", "b2")),
        Scenario.of(
                "C5_a_set_leaves_the_buffer_only_when_the_attempt_that_fires_completes",
                () ->
                    List.of(
                        emit(new A("a1"), new A("a2"), new B("b1")),
                        step("collect")
                            .emits(Fired.class)
                            .waitsFor(Answer.class)
                            .handler(
                                Item.class,
                                (item, context) -> {
                                  Optional<Collected> set =
                                      context.collectEvents(item, A.class, B.class);
                                  set.ifPresent(all -> context.waitForEvent(Answer.class));
                                  return set.map(CollectScenarios::setOf);
                                }),
                        passOn(),
                        finish()),
                stage -> {
                  StagedRun run = stage.start(BEGIN);
                  RunInspection fires = run.awaitQuiet();
                  run.send(new Answer("go on"));
                  RunInspection after = run.awaitQuiet();

                  assertThat(fires.waiters()).hasSize(1);
                  assertThat(holds(fires)).isEqualTo(Map.of("A", 2, "B", 1));
                  assertThat(holds(after)).isEqualTo(Map.of("A", 1));
                  run.send(new Finish());
                  run.result(Done.class);
                })
            .whereEventsArriveInOrder(),
        Scenario.of(
            "C8_a_set_may_be_of_hundreds",
            () -> List.of(emit(items(300)), gather(A.class, 300)),
            stage ->
                assertThat(stage.start(BEGIN).result(Done.class).names())
                    .containsExactlyInAnyOrderElementsOf(
                        Stream.of(items(300)).map(Item::name).toList())));
  }

  @FunctionalInterface
  private interface Collect {
    @Nullable Object collect(Item item, RunContext context) throws Exception;
  }

  private static StepDefinition collect(RetryPolicy retry, Collect how) {
    return step("collect")
        .emits(Fired.class, More.class)
        .retry(retry)
        .handler(Item.class, how::collect);
  }

  private static StepDefinition collect(String name, Class<?>... types) {
    return step(name)
        .emits(Fired.class)
        .handler(
            Item.class,
            (item, context) -> context.collectEvents(item, types).map(CollectScenarios::setOf));
  }

  private static StepDefinition collect(Class<?>... types) {
    return collect("collect", types);
  }

  private static Fired setOf(Collected set) {
    return new Fired(String.join(" ", names(set)));
  }

  private static StepDefinition more() {
    return step("more").emits(A.class).handler(More.class, (more, context) -> new A(more.name()));
  }

  /** What fires is of no interest. */
  private static StepDefinition passOn() {
    return step("passOn").handler(Fired.class, (fired, context) -> null);
  }

  private static void expect(Stage stage, String... sets) {
    assertThat(stage.start(BEGIN).result(Done.class).names()).containsExactlyInAnyOrder(sets);
  }

  /** All sets together, whatever each of them is made of. */
  private static void expectItems(Stage stage, String... names) {
    List<String> sets = stage.start(BEGIN).result(Done.class).names();
    assertThat(sets.stream().flatMap(set -> Stream.of(set.split(" "))))
        .containsExactlyInAnyOrder(names);
  }

  /** A set that was handed out is listed apart, yet it belongs to the buffer. */
  private static Map<String, Integer> holds(RunInspection run) {
    return run.buffers().stream()
        .filter(buffer -> buffer.step().equals("collect"))
        .flatMap(buffer -> buffer.holds().entrySet().stream())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Integer::sum));
  }

  private static Item[] pairs(int count) {
    return IntStream.range(0, count)
        .boxed()
        .flatMap(i -> Stream.<Item>of(new A("a" + i), new B("b" + i)))
        .toArray(Item[]::new);
  }

  private static Item[] items(int count) {
    return IntStream.range(0, count).mapToObj(i -> new A("a" + i)).toArray(Item[]::new);
  }
}
