package io.millrace.local.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Event;
import io.millrace.RunContext;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Runs that are wide, with the limits that a coordinator has by default. */
@MillraceTest
class WidthBehaviourTest {
  private static final int WIDE = 10_000;

  /** So much at once takes its time on a machine that has other things to do. */
  private static final Duration LONG = Duration.ofMinutes(3);

  record Begin(int width) implements StartEvent {}

  record Part(int number) implements Event {}

  record Ground(int number) implements Event {}

  record Done(List<Integer> numbers) implements StopEvent {}

  private final Workshop workshop;
  private final WorkflowClient client;

  WidthBehaviourTest(LocalMillrace millrace) {
    workshop = new Workshop(millrace);
    client = workshop.client();
  }

  private static Workflow<Begin, Done> workflow(String name) {
    return Workflow.of(name, Begin.class, Done.class);
  }

  private static List<Integer> numbers(int width) {
    return IntStream.range(0, width).boxed().toList();
  }

  /** Makes the parts, as a fan-out. */
  static final class Split {
    @Step
    public List<Part> split(Begin begin) {
      return numbers(begin.width()).stream().map(Part::new).toList();
    }
  }

  /** The first branch ends when all others have been ground, so it is among the last to arrive. */
  static final class Grind {
    private final CountDownLatch others = new CountDownLatch(WIDE - 1);

    @Step(concurrency = 8)
    public Ground grind(Part part) throws InterruptedException {
      if (part.number() == 0) {
        assertThat(others.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      } else {
        others.countDown();
      }
      return new Ground(part.number());
    }
  }

  static final class Pack {
    final AtomicInteger calls = new AtomicInteger();

    @Step
    public Done pack(List<Ground> ground) {
      calls.incrementAndGet();
      return new Done(ground.stream().map(Ground::number).toList());
    }
  }

  @Test
  void C8_a_fan_out_10000_wide_is_joined_once_in_the_order_of_emission() {
    Grind grind = new Grind();
    Pack pack = new Pack();
    workshop.worker("fanOut", new Split(), grind, pack);
    workshop.worker("fanOut", grind);

    Done done = client.start(workflow("fanOut"), new Begin(WIDE)).result(LONG);

    assertThat(done.numbers()).isEqualTo(numbers(WIDE));
    assertThat(pack.calls).hasValue(1);
  }

  static final class Collecting {
    final AtomicInteger sets = new AtomicInteger();
    private final List<Class<?>> all = Collections.nCopies(WIDE, Part.class);

    @Step
    public @Nullable Done collect(Part part, RunContext context) {
      return context
          .collectEvents(part, all)
          .map(
              set -> {
                sets.incrementAndGet();
                return new Done(set.list(Part.class).stream().map(Part::number).toList());
              })
          .orElse(null);
    }
  }

  @Test
  void C8_10000_events_of_one_type_make_one_set_with_all_of_them() {
    Collecting collecting = new Collecting();
    workshop.worker("collect", new Split(), collecting);

    Done done = client.start(workflow("collect"), new Begin(WIDE)).result(LONG);

    assertThat(done.numbers().stream().sorted().toList()).isEqualTo(numbers(WIDE));
    assertThat(collecting.sets).hasValue(1);
  }

  /** The first attempts begin at once, so that all but one of them lose. */
  static final class Counting {
    final AtomicInteger attempts = new AtomicInteger();
    private final CountDownLatch racing = new CountDownLatch(8);

    @Step(concurrency = 8)
    public Ground count(Part part, RunContext context) throws InterruptedException {
      attempts.incrementAndGet();
      racing.countDown();
      Workshop.await(racing);
      return new Ground(
          context.state().update("count", Integer.class, before -> before.orElse(0) + 1));
    }
  }

  static final class Tell {
    @Step
    public Done tell(List<Ground> counted, RunContext context) {
      return new Done(List.of(context.state().get("count", Integer.class).orElse(0)));
    }
  }

  @Test
  void T3_1000_concurrent_updates_of_a_key_give_1000() {
    int updates = 1_000;
    Counting counting = new Counting();
    workshop.worker("updates", new Split(), counting, new Tell());
    workshop.worker("updates", counting);

    Done done = client.start(workflow("updates"), new Begin(updates)).result(LONG);

    assertThat(done.numbers()).containsExactly(updates);
    // Each wins once, loses at most once as a first-timer, and once for each who overtakes (law
    // 15); if losers raced each other it would be the square.
    assertThat(counting.attempts.get()).isGreaterThan(updates).isLessThan(3 * updates);
  }
}
