package io.millrace.local.behaviour;

import static io.millrace.local.behaviour.Until.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.Collected;
import io.millrace.Event;
import io.millrace.EventStream;
import io.millrace.HumanResponseEvent;
import io.millrace.RunContext;
import io.millrace.RunFailedException;
import io.millrace.RunHandle;
import io.millrace.RunInspection;
import io.millrace.RunStalledException;
import io.millrace.StartEvent;
import io.millrace.StartOptions;
import io.millrace.Step;
import io.millrace.StepWorker;
import io.millrace.StopEvent;
import io.millrace.StreamOptions;
import io.millrace.StreamedEvent;
import io.millrace.Workflow;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.step.InvalidStepException;
import io.millrace.step.RetryPolicy;
import io.millrace.step.StepDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * One partition for each event type: with one attempt at a time, arrival is in order of emission.
 */
@MillraceTest(
    settings = {
      "millrace.grace.ms=1500",
      "millrace.event.partitions=1",
      "millrace.workflows.check=false"
    })
class StepsBehaviourTest {
  record Begin(int count) implements StartEvent {}

  sealed interface Work extends Event permits Part, Other {}

  record Part(int number) implements Work {}

  record Other(int number) implements Work {}

  record Piece(String by, int number) implements Event {}

  record Finish() implements HumanResponseEvent {}

  record Done(List<String> found) implements StopEvent {}

  private static Workflow<Begin, Done> workflow(String name) {
    return Workflow.of(name, Begin.class, Done.class);
  }

  /** Ends the run with so many pieces, in order of arrival. */
  private static StepDefinition gather(int pieces) {
    List<Class<?>> set = Collections.nCopies(pieces, Piece.class);
    return StepDefinition.named("gather")
        .emits(Done.class)
        .concurrency(1)
        .handler(
            Piece.class,
            (piece, context) -> context.collectEvents(piece, set).map(StepsBehaviourTest::done));
  }

  private static Done done(Collected pieces) {
    return new Done(
        pieces.list(Piece.class).stream().map(piece -> piece.by() + piece.number()).toList());
  }

  @Test
  void S1_an_event_goes_to_every_step_that_accepts_its_exact_type_and_to_no_other(
      LocalMillrace millrace) {
    // given: weigh accepts both types, count one of them
    StepDefinition begin =
        StepDefinition.named("begin")
            .emits(Part.class, Other.class)
            .handler(Begin.class, (start, context) -> List.of(new Part(1), new Other(2)));
    StepDefinition weigh =
        StepDefinition.named("weigh")
            .emits(Piece.class)
            .handler(
                Work.class,
                (work, context) ->
                    new Piece("weighed", work instanceof Part part ? part.number() : 2));
    StepDefinition count =
        StepDefinition.named("count")
            .emits(Piece.class)
            .handler(Part.class, (part, context) -> new Piece("counted", part.number()));
    millrace.worker("accepts", begin, weigh);
    millrace.worker("accepts", count, gather(3));

    // when
    Done done = millrace.client().start(workflow("accepts"), new Begin(0)).result(PATIENCE);

    // then
    assertThat(done.found()).containsExactlyInAnyOrder("weighed1", "weighed2", "counted1");
  }

  /** One step for each thing that a step may return. */
  static final class Returns {
    final AtomicInteger voids = new AtomicInteger();
    final AtomicInteger nulls = new AtomicInteger();

    @Step
    public List<Part> begin(Begin start) {
      return IntStream.rangeClosed(1, start.count()).mapToObj(Part::new).toList();
    }

    @Step
    public Optional<Piece> odd(Part part) {
      return part.number() % 2 == 1
          ? Optional.of(new Piece("odd", part.number()))
          : Optional.empty();
    }

    @Step
    public @Nullable Piece even(Part part) {
      if (part.number() % 2 == 1) {
        nulls.incrementAndGet();
        return null;
      }
      return new Piece("even", part.number());
    }

    @Step
    public void look(Part part) {
      voids.incrementAndGet();
    }
  }

  @Test
  void S2_lists_fan_out_optionals_and_events_go_on_null_and_void_end_the_branch(
      LocalMillrace millrace) {
    // given
    Returns returns = new Returns();
    millrace.worker("returns", returns, gather(4));

    // when
    Done done = millrace.client().start(workflow("returns"), new Begin(4)).result(PATIENCE);

    // then
    assertThat(done.found()).containsExactlyInAnyOrder("odd1", "even2", "odd3", "even4");
    Until.holds("all branches", () -> returns.voids.get() == 4 && returns.nulls.get() == 2);
  }

  static final class ReturnsText {
    @Step
    public String begin(Begin start) {
      return "no event";
    }
  }

  @Test
  void S2_a_step_that_returns_anything_else_is_refused_before_it_is_registered() {
    assertThatThrownBy(() -> StepWorker.of("refused", new ReturnsText()))
        .isInstanceOf(InvalidStepException.class)
        .hasMessageContaining("begin")
        .hasMessageContaining("String");
  }

  @Test
  void S3_a_failed_attempt_leaves_no_event_and_no_state_behind(LocalMillrace millrace) {
    // given: what the first attempt sends would come before the rest, and complete the set
    StepDefinition begin =
        StepDefinition.named("begin")
            .emits(Piece.class)
            .retry(RetryPolicy.ofDefaults().withMaxAttempts(2).withDelay(Duration.ofMillis(50), 1))
            .handler(
                Begin.class,
                (start, context) -> {
                  int found = context.state().get("written", Integer.class).orElse(0);
                  String by = "attempt " + context.attempt() + " found " + found + " sent ";
                  context.state().increment("written", 1);
                  context.sendEvent(new Piece(by, 1));
                  context.sendEvent(new Piece(by, 2));
                  if (context.attempt() == 1) {
                    throw new IllegalStateException("too early");
                  }
                  return new Piece(by, 3);
                });
    millrace.worker("atomic", begin, gather(3));

    // when
    Done done = millrace.client().start(workflow("atomic"), new Begin(0)).result(PATIENCE);

    // then
    assertThat(done.found())
        .containsExactly(
            "attempt 2 found 0 sent 1", "attempt 2 found 0 sent 2", "attempt 2 found 0 sent 3");
  }

  @Test
  void S4_effects_apply_in_program_order_and_the_returned_event_comes_last(LocalMillrace millrace) {
    // given: any other order leaves another number in the state or another list of pieces
    StepDefinition begin =
        StepDefinition.named("begin")
            .emits(Piece.class)
            .handler(
                Begin.class,
                (start, context) -> {
                  context.state().set("sum", 100);
                  for (int i = 1; i <= 20; i++) {
                    context.sendEvent(new Piece("sent", i));
                    context.state().append("order", i);
                  }
                  context.state().set("sum", 1);
                  context.state().increment("sum", 2);
                  return new Piece("returned", 21);
                });
    StepDefinition gather =
        StepDefinition.named("gather")
            .emits(Done.class)
            .concurrency(1)
            .handler(
                Piece.class,
                (piece, context) ->
                    context
                        .collectEvents(piece, Collections.nCopies(21, Piece.class))
                        .map(
                            all -> {
                              List<String> found = new ArrayList<>(done(all).found());
                              found.add("sum" + context.state().get("sum", Integer.class).get());
                              context
                                  .state()
                                  .list("order", Integer.class)
                                  .forEach(i -> found.add("appended" + i));
                              return new Done(found);
                            }));
    millrace.worker("order", begin, gather);

    // when
    Done done = millrace.client().start(workflow("order"), new Begin(0)).result(PATIENCE);

    // then
    List<String> expected = new ArrayList<>();
    IntStream.rangeClosed(1, 20).forEach(i -> expected.add("sent" + i));
    expected.addAll(List.of("returned21", "sum3"));
    IntStream.rangeClosed(1, 20).forEach(i -> expected.add("appended" + i));
    assertThat(done.found()).containsExactlyElementsOf(expected);
  }

  @Test
  void S5_an_event_sent_to_one_step_reaches_it_alone_and_a_wrong_name_raises_at_the_call(
      LocalMillrace millrace) {
    // given
    StepDefinition left =
        StepDefinition.named("left")
            .emits(Piece.class)
            .handler(Part.class, (part, context) -> new Piece("left", part.number()));
    StepDefinition right =
        StepDefinition.named("right")
            .emits(Piece.class)
            .handler(Part.class, (part, context) -> new Piece("right", part.number()));
    StepDefinition begin =
        StepDefinition.named("begin")
            .emits(Part.class, Piece.class)
            .handler(
                Begin.class,
                (start, context) -> {
                  context.sendEvent(refusal(context, "nobody"));
                  context.sendEvent(refusal(context, "gather"));
                  context.sendEvent(new Part(1), "right");
                  context.sendEvent(new Part(2), "left");
                  return null;
                });
    millrace.worker("addressed", left, right, gather(4));
    millrace.worker("addressed", begin);

    // when
    Done done = millrace.client().start(workflow("addressed"), new Begin(0)).result(PATIENCE);

    // then
    assertThat(done.found())
        .containsExactlyInAnyOrder("nobody refused0", "gather refused0", "right1", "left2");
  }

  private static Piece refusal(RunContext context, String step) {
    try {
      context.sendEvent(new Part(0), step);
      return new Piece(step + " taken", 0);
    } catch (IllegalArgumentException e) {
      return new Piece(
          String.valueOf(e.getMessage()).contains(step) ? step + " refused" : e.toString(), 0);
    }
  }

  @Test
  void S6_an_event_that_nobody_accepts_is_shown_as_unhandled_and_the_run_goes_on(
      LocalMillrace millrace) {
    // given
    StepDefinition begin =
        StepDefinition.named("begin")
            .emits(Other.class)
            .handler(Begin.class, (start, context) -> new Other(1));
    StepDefinition finish =
        StepDefinition.named("finish")
            .emits(Done.class)
            .handler(Finish.class, (answer, context) -> new Done(List.of("finished")));
    millrace.worker("unhandled", begin, finish);

    // when
    RunHandle<Done> run =
        millrace
            .client()
            .start(
                workflow("unhandled"),
                new Begin(0),
                StartOptions.ofDefaults().withInternalEvents());
    String unhandled = "";
    try (EventStream stream = run.streamEvents(StreamOptions.fromStart().withInternal())) {
      for (StreamedEvent event : stream) {
        if (event.kind() == StreamedEvent.Kind.INTERNAL && event.json().contains("Other")) {
          unhandled = event.type() + " " + event.json();
          break;
        }
      }
    }
    run.sendEvent(new Finish());

    // then
    assertThat(unhandled).containsIgnoringCase("unhandled");
    assertThat(run.result(PATIENCE).found()).containsExactly("finished");
  }

  @Test
  void S6_a_run_that_only_has_an_unhandled_event_stalls(LocalMillrace millrace) {
    // given
    StepDefinition begin =
        StepDefinition.named("begin")
            .emits(Other.class)
            .handler(Begin.class, (start, context) -> new Other(1));
    millrace.worker("stalls", begin);

    // when
    RunHandle<Done> run = millrace.client().start(workflow("stalls"), new Begin(0));

    // then
    assertThatThrownBy(() -> run.result(PATIENCE)).isInstanceOf(RunStalledException.class);
  }

  @Test
  void S7_concurrency_bounds_the_attempts_of_one_worker(LocalMillrace millrace) {
    // given: attempts end in threes at the earliest, so that three are at work at once
    AtomicInteger active = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    StepDefinition begin =
        StepDefinition.named("begin")
            .emits(Part.class)
            .handler(
                Begin.class,
                (start, context) ->
                    IntStream.rangeClosed(1, start.count()).mapToObj(Part::new).toList());
    StepDefinition busy =
        StepDefinition.named("busy")
            .emits(Piece.class)
            .concurrency(3)
            .handler(
                Part.class,
                (part, context) -> {
                  most.accumulateAndGet(active.incrementAndGet(), Math::max);
                  three.countDown();
                  Until.open(three);
                  active.decrementAndGet();
                  return new Piece("done", part.number());
                });
    millrace.worker("bounded", begin, busy, gather(30));

    // when
    Done done = millrace.client().start(workflow("bounded"), new Begin(30)).result(PATIENCE);

    // then
    assertThat(done.found()).hasSize(30);
    assertThat(most).hasValue(3);
  }

  @Test
  void S7_what_one_run_has_beyond_its_share_of_a_step_waits_and_then_runs(LocalMillrace millrace) {
    // given: a wide run that holds the step
    CountDownLatch mayEnd = new CountDownLatch(1);
    Set<Integer> ended = ConcurrentHashMap.newKeySet();
    StepDefinition begin =
        StepDefinition.named("begin")
            .emits(Part.class)
            .handler(
                Begin.class,
                (start, context) ->
                    IntStream.rangeClosed(1, start.count()).mapToObj(Part::new).toList());
    StepDefinition wide =
        StepDefinition.named("wide")
            .handler(
                Part.class,
                (part, context) -> {
                  Until.open(mayEnd);
                  ended.add(part.number());
                  return null;
                });
    StepDefinition finish =
        StepDefinition.named("finish")
            .emits(Done.class)
            .handler(Finish.class, (answer, context) -> new Done(List.of()));
    millrace.worker("wide", begin, wide, finish);

    // when
    RunHandle<Done> run = millrace.client().start(workflow("wide"), new Begin(300));
    Until.holds("all open", () -> run.inspect().executions().size() == 300);
    Map<Boolean, Long> queued =
        run.inspect().executions().stream()
            .collect(
                Collectors.partitioningBy(
                    execution -> execution.phase().equals("QUEUED"), Collectors.counting()));
    mayEnd.countDown();

    // then
    assertThat(queued).containsEntry(false, 256L).containsEntry(true, 44L);
    Until.holds("all ended", () -> run.inspect().executions().isEmpty());
    assertThat(ended).hasSize(300);
    run.sendEvent(new Finish());
    run.result(PATIENCE);
  }

  @Test
  void S8_an_attempt_that_takes_too_long_is_interrupted_and_tried_again(LocalMillrace millrace)
      throws Exception {
    // given: the first attempt ignores its end and goes on sending
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch refused = new CountDownLatch(1);
    StepDefinition begin =
        StepDefinition.named("begin")
            .emits(Piece.class)
            .timeout(Duration.ofMillis(400))
            .retry(RetryPolicy.ofDefaults().withMaxAttempts(2).withDelay(Duration.ofMillis(50), 1))
            .handler(
                Begin.class,
                (start, context) -> {
                  if (context.attempt() == 1) {
                    context.sendEvent(new Piece("before the timeout", 1));
                    try {
                      Until.open(never);
                    } catch (InterruptedException e) {
                      try {
                        context.sendEvent(new Piece("after the timeout", 1));
                      } catch (CancellationException superseded) {
                        refused.countDown();
                      }
                      return new Piece("returned late", 1);
                    }
                  }
                  return new Piece(
                      context.retryInfo().lastErrorType().orElse("") + " attempt ",
                      context.attempt());
                });
    millrace.worker("slow", begin, gather(1));

    // when
    Done done = millrace.client().start(workflow("slow"), new Begin(0)).result(PATIENCE);

    // then
    assertThat(done.found()).containsExactly("StepTimeout attempt 2");
    Until.open(refused);
  }

  @Test
  void S8_a_timeout_is_a_failure_like_any_other(LocalMillrace millrace) {
    // given: no retry
    CountDownLatch never = new CountDownLatch(1);
    StepDefinition begin =
        StepDefinition.named("begin")
            .emits(Done.class)
            .timeout(Duration.ofMillis(300))
            .handler(
                Begin.class,
                (start, context) -> {
                  Until.open(never);
                  return new Done(List.of());
                });
    millrace.worker("late", begin);

    // when
    RunHandle<Done> run = millrace.client().start(workflow("late"), new Begin(0));

    // then
    assertThatThrownBy(() -> run.result(PATIENCE))
        .isInstanceOfSatisfying(
            RunFailedException.class,
            failure -> {
              assertThat(failure.step()).isEqualTo("begin");
              assertThat(failure.errorType()).isEqualTo("StepTimeout");
              assertThat(failure.attempts()).isEqualTo(1);
            });
    RunInspection after = run.inspect();
    assertThat(after.executions())
        .singleElement()
        .satisfies(
            kept -> {
              assertThat(kept.phase())
                  .as("kept for a redrive, at work nowhere")
                  .isEqualTo("FROZEN");
              assertThat(kept.worker()).isEmpty();
            });
  }
}
