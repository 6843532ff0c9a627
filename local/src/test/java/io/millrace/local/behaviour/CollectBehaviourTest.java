package io.millrace.local.behaviour;

import static io.millrace.local.behaviour.Until.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.BufferState;
import io.millrace.CollectSpec;
import io.millrace.Collected;
import io.millrace.Event;
import io.millrace.HumanResponseEvent;
import io.millrace.RunContext;
import io.millrace.RunHandle;
import io.millrace.StartEvent;
import io.millrace.StopEvent;
import io.millrace.Workflow;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.step.RetryPolicy;
import io.millrace.step.StepDefinition;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** With one partition and one attempt at a time, events of a type arrive as they were emitted. */
@MillraceTest(settings = {"millrace.event.partitions=1", "millrace.workflows.check=false"})
class CollectBehaviourTest {
  private static final RetryPolicy TWICE =
      RetryPolicy.ofDefaults().withMaxAttempts(2).withDelay(Duration.ofMillis(50), 1);

  record Begin() implements StartEvent {}

  sealed interface Item extends Event permits A, B, X {
    String name();
  }

  record A(String name) implements Item {}

  record B(String name) implements Item {}

  record X(String name) implements Item {}

  record More(String name) implements Event {}

  record Fired(String set) implements Event {}

  record Finish() implements HumanResponseEvent {}

  record Done(List<String> sets) implements StopEvent {}

  private static Workflow<Begin, Done> workflow(String name) {
    return Workflow.of(name, Begin.class, Done.class);
  }

  private static StepDefinition emit(Item... items) {
    return StepDefinition.named("emit")
        .emits(Item.class)
        .handler(Begin.class, (start, context) -> List.of(items));
  }

  /** The step under test, one attempt at a time. */
  private static StepDefinition collect(RetryPolicy retry, Collect how) {
    return StepDefinition.named("collect")
        .emits(Fired.class, More.class)
        .concurrency(1)
        .retry(retry)
        .handler(Item.class, how::collect);
  }

  private static StepDefinition collect(Class<?>... types) {
    return collect(
        RetryPolicy.ofDefaults(),
        (item, context) -> context.collectEvents(item, types).map(CollectBehaviourTest::fired));
  }

  @FunctionalInterface
  interface Collect {
    @Nullable Object collect(Item item, RunContext context) throws Exception;
  }

  private static Fired fired(Collected set) {
    return new Fired(names(set));
  }

  private static String names(Collected set) {
    return String.join(" ", set.all().stream().map(item -> ((Item) item).name()).toList());
  }

  /** Ends the run with so many sets, in order of arrival. */
  private static StepDefinition finish(int sets) {
    List<Class<?>> all = Collections.nCopies(sets, Fired.class);
    return StepDefinition.named("finish")
        .emits(Done.class)
        .concurrency(1)
        .handler(
            Fired.class,
            (fired, context) ->
                context
                    .collectEvents(fired, all)
                    .map(
                        found ->
                            new Done(found.list(Fired.class).stream().map(Fired::set).toList())));
  }

  private static StepDefinition finishOnRequest() {
    return StepDefinition.named("finishOnRequest")
        .emits(Done.class)
        .handler(Finish.class, (answer, context) -> new Done(List.of("on request")));
  }

  private static List<String> run(LocalMillrace millrace, String workflow) {
    return millrace.client().start(workflow(workflow), new Begin()).result(PATIENCE).sets();
  }

  @Test
  void C1_a_complete_set_is_in_the_order_asked_and_of_one_type_by_arrival(LocalMillrace millrace) {
    millrace.worker("ordered", emit(new A("a1"), new A("a2"), new A("a3"), new B("b1")));
    millrace.worker("ordered", collect(A.class, B.class, A.class, A.class), finish(1));

    assertThat(run(millrace, "ordered")).containsExactly("a1 b1 a2 a3");
  }

  @Test
  void C1_nothing_fires_before_the_multiset_is_complete(LocalMillrace millrace) {
    // given: one B is lacking
    millrace.worker(
        "lacking",
        emit(new A("a1"), new B("b1"), new A("a2"), new A("a3")),
        collect(A.class, B.class, B.class),
        finish(1),
        finishOnRequest());

    // when
    RunHandle<Done> run = millrace.client().start(workflow("lacking"), new Begin());
    Until.holds("all offered", () -> holds(run).equals(Map.of("A", 3, "B", 1)));
    Until.holds("all ended", () -> run.inspect().executions().isEmpty());

    // then
    BufferState buffer = run.inspect().buffers().get(0);
    assertThat(buffer.step()).isEqualTo("collect");
    assertThat(buffer.lacks()).isEqualTo(Map.of("B", 1));
    run.sendEvent(new Finish());
    assertThat(run.result(PATIENCE).sets()).containsExactly("on request");
  }

  private static Map<String, Integer> holds(RunHandle<Done> run) {
    // A set that was handed out is listed apart, yet it belongs to the buffer.
    return run.inspect().buffers().stream()
        .filter(buffer -> buffer.step().equals("collect"))
        .flatMap(buffer -> buffer.holds().entrySet().stream())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Integer::sum));
  }

  @Test
  void C1_buffers_are_apart_by_id_and_sets_by_correlation_key(LocalMillrace millrace) {
    // given: the first letter of the name is the key
    millrace.worker(
        "apart",
        emit(new A("x1"), new A("y1"), new A("z1"), new B("y2"), new B("x2")),
        collect(
            RetryPolicy.ofDefaults(),
            (item, context) -> {
              Optional<Collected> keyed =
                  context.collectEvents(
                      item,
                      CollectSpec.of(A.class, B.class)
                          .inBuffer("keyed")
                          .correlatedBy(item.name().substring(0, 1)));
              Optional<Collected> triple =
                  context.collectEvents(
                      item, CollectSpec.of(A.class, A.class, A.class).inBuffer("triple"));
              return Stream.of(keyed, triple)
                  .flatMap(Optional::stream)
                  .map(CollectBehaviourTest::fired)
                  .toList();
            }),
        finish(3));

    assertThat(run(millrace, "apart")).containsExactlyInAnyOrder("x1 x2", "y1 y2", "x1 y1 z1");
  }

  @Test
  void C1_an_empty_expectation_is_complete_at_once(LocalMillrace millrace) {
    millrace.worker("empty", emit(new A("a1")), collect(), finish(1));

    assertThat(run(millrace, "empty")).containsExactly("");
  }

  @Test
  void C2_surplus_is_kept_for_the_next_set_first_in_first_out(LocalMillrace millrace) {
    millrace.worker("surplus", emit(new A("a1"), new A("a2"), new B("b1"), new B("b2")));
    millrace.worker("surplus", collect(A.class, B.class), finish(2));

    assertThat(run(millrace, "surplus")).containsExactly("a1 b1", "a2 b2");
  }

  @Test
  void C2_an_event_that_is_not_expected_is_ignored_by_the_buffer_and_noted(LocalMillrace millrace) {
    // given
    millrace.worker(
        "ignored", emit(new X("x1"), new A("a1")), collect(A.class, B.class), finishOnRequest());

    // when
    RunHandle<Done> run = millrace.client().start(workflow("ignored"), new Begin());
    Until.holds("both offered", () -> holds(run).equals(Map.of("A", 1)));
    Until.holds("both ended", () -> run.inspect().executions().isEmpty());

    // then
    assertThat(holds(run)).isEqualTo(Map.of("A", 1));
    assertThat(run.inspect().notes()).anySatisfy(note -> assertThat(note).contains("X"));
    run.sendEvent(new Finish());
    run.result(PATIENCE);
  }

  @Test
  void C3_an_event_counts_once_however_often_its_attempt_is_tried(LocalMillrace millrace) {
    // given: the second event comes only when the first has been offered twice
    StepDefinition more =
        StepDefinition.named("more")
            .emits(A.class)
            .handler(More.class, (event, context) -> new A(event.name()));
    StepDefinition collect =
        collect(
            TWICE,
            (item, context) -> {
              Optional<Collected> set = context.collectEvents(item, A.class, A.class);
              if (item.name().equals("a1") && set.isEmpty()) {
                if (context.attempt() == 1) {
                  throw new IOException("once more");
                }
                return new More("a2");
              }
              return set.map(CollectBehaviourTest::fired).orElse(null);
            });
    millrace.worker("once", emit(new A("a1")), more, collect, finish(1));

    assertThat(run(millrace, "once")).containsExactly("a1 a2");
  }

  @Test
  void C4_the_call_that_fires_sees_the_same_set_when_its_attempt_is_tried_again(
      LocalMillrace millrace) {
    // given: between the tries more events arrive
    List<String> seen = new CopyOnWriteArrayList<>();
    StepDefinition collect =
        collect(
            TWICE.withDelay(Duration.ofMillis(700), 1),
            (item, context) -> {
              Optional<Collected> set = context.collectEvents(item, A.class, B.class);
              if (set.isEmpty()) {
                return null;
              }
              seen.add(names(set.get()));
              if (names(set.get()).contains("a1") && context.attempt() == 1) {
                throw new IOException("once more");
              }
              return fired(set.get());
            });
    millrace.worker("same", emit(new A("a1"), new B("b1"), new A("a2"), new B("b2")));
    millrace.worker("same", collect, finish(2));

    assertThat(run(millrace, "same")).containsExactly("a2 b2", "a1 b1");
    assertThat(seen).containsExactly("a1 b1", "a2 b2", "a1 b1");
  }

  @Test
  void C4_with_several_copies_every_event_is_in_one_set_and_every_set_fires_once(
      LocalMillrace millrace) {
    // given
    int sets = 100;
    Item[] items =
        IntStream.range(0, sets)
            .boxed()
            .flatMap(i -> Stream.<Item>of(new A("a" + i), new B("b" + i)))
            .toArray(Item[]::new);
    Map<String, String> wide = Map.of("millrace.event.partitions", "4");
    CountDownLatch twoCopiesWork = new CountDownLatch(2);
    for (int copy = 0; copy < 3; copy++) {
      AtomicBoolean works = new AtomicBoolean();
      millrace.worker(
          wide,
          "copies",
          StepDefinition.named("collect")
              .emits(Fired.class)
              .concurrency(8)
              .handler(
                  Item.class,
                  (item, context) -> {
                    if (works.compareAndSet(false, true)) {
                      twoCopiesWork.countDown();
                    }
                    // Or the copy that has its partitions first would do it all.
                    Until.open(twoCopiesWork);
                    return context
                        .collectEvents(item, A.class, B.class)
                        .map(CollectBehaviourTest::fired);
                  }));
    }
    millrace.worker(wide, "copies", emit(items), finish(sets));

    // when
    List<String> fired = run(millrace, "copies");

    // then
    assertThat(fired.stream().flatMap(set -> Stream.of(set.split(" "))).toList())
        .containsExactlyInAnyOrderElementsOf(Stream.of(items).map(Item::name).toList());
  }

  @Test
  void C5_a_set_leaves_the_buffer_only_when_the_attempt_that_fires_completes(LocalMillrace millrace)
      throws Exception {
    // given
    CountDownLatch fires = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    StepDefinition collect =
        collect(
            RetryPolicy.ofDefaults(),
            (item, context) -> {
              Optional<Collected> set = context.collectEvents(item, A.class, B.class);
              if (set.isPresent()) {
                fires.countDown();
                Until.open(mayEnd);
              }
              return null;
            });
    millrace.worker(
        "emptied", emit(new A("a1"), new A("a2"), new B("b1")), collect, finishOnRequest());

    // when
    RunHandle<Done> run = millrace.client().start(workflow("emptied"), new Begin());
    Until.open(fires);
    Map<String, Integer> during = holds(run);
    mayEnd.countDown();
    Until.holds("all ended", () -> run.inspect().executions().isEmpty());

    // then
    assertThat(during).containsKey("A").containsEntry("B", 1);
    assertThat(holds(run)).isEqualTo(Map.of("A", 1));
    run.sendEvent(new Finish());
    run.result(PATIENCE);
  }
}
