package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.failure;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.RunFixture.targets;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Target;
import io.millrace.coordinator.core.StateValue.Whole;
import io.millrace.coordinator.core.StepEffect.UpdateState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UpdateQueueTest {
  private final RunFixture run =
      new RunFixture(
          null,
          step("first").accepts("Begin"),
          step("work").accepts("Work").readsAll().maxLost(2).retries(2, Duration.ofSeconds(1)));

  @Test
  void T3_a_hundred_updates_at_once_make_exactly_a_hundred() {
    Deque<RunInput> pending = new ArrayDeque<>();
    List<RunInput> first = new ArrayList<>();
    List<RunEffect> fan = fan(100);
    targets(fan).forEach(target -> first.add(increment(target, Map.of())));
    Collections.shuffle(first, new Random(1));
    pending.addAll(first);
    int invocations = 0;

    while (!pending.isEmpty()) {
      List<RunEffect> effects = run.apply(pending.remove());
      Counters.check(run.store);
      for (RunEffect.Dispatch again : RunFixture.dispatches(effects)) {
        invocations++;
        pending.add(increment(again.targets().get(0), again.state()));
      }
    }

    assertThat(total()).isEqualTo(100);
    assertThat(run.running().open()).isZero();
    assertThat(invocations).as("re-invocations: one for each loser").isEqualTo(99);
  }

  @Test
  void law_15_losers_go_one_after_the_other_in_the_order_of_their_loss() {
    List<Target> fan = targets(fan(4));
    complete(fan.get(0), 0);

    Target head = target(complete(fan.get(1), 0), "work");
    assertThat(targets(complete(fan.get(3), 0))).isEmpty();
    assertThat(targets(complete(fan.get(2), 0))).isEmpty();

    assertThat(run.running().updating()).isEqualTo(head.token().executionId());
    assertThat(run.running().contending()).isEqualTo(2);
    Target second = target(complete(head, version()), "work");
    assertThat(second.token().executionId()).isEqualTo(fan.get(3).token().executionId());
    assertThat(second.token().attempt()).isEqualTo(1);
    Target third = target(complete(second, version()), "work");
    assertThat(third.token().executionId()).isEqualTo(fan.get(2).token().executionId());
    complete(third, version());
    assertThat(total()).isEqualTo(4);
    assertThat(run.running().updating()).isNull();
  }

  @Test
  void law_15_a_head_that_loses_to_a_first_timer_stays_head() {
    List<Target> fan = targets(fan(4));
    complete(fan.get(0), 0);
    Target head = target(complete(fan.get(1), 0), "work");
    complete(fan.get(2), 0);
    long seen = version();
    complete(fan.get(3), version());

    Target again = target(complete(head, seen), "work");

    assertThat(again.token().executionId()).isEqualTo(head.token().executionId());
    assertThat(again.token().round()).isEqualTo(2);
  }

  @Test
  void law_15_a_head_that_fails_gives_its_turn_to_the_next() {
    List<Target> fan = targets(fan(3));
    complete(fan.get(0), 0);
    Target head = target(complete(fan.get(1), 0), "work");
    complete(fan.get(2), 0);

    Target next = target(run.apply(failure(head, true)), "work");

    assertThat(next.token().executionId()).isEqualTo(fan.get(2).token().executionId());
  }

  @Test
  void law_15_a_head_that_waits_for_an_event_gives_its_turn_to_the_next() {
    List<Target> fan = targets(fan(3));
    complete(fan.get(0), 0);
    Target head = target(complete(fan.get(1), 0), "work");
    complete(fan.get(2), 0);

    Target next = target(run.apply(RunFixture.suspension(head, null)), "work");

    assertThat(next.token().executionId()).isEqualTo(fan.get(2).token().executionId());
  }

  @Test
  void law_15_a_dead_worker_of_the_head_does_not_hold_up_the_queue() {
    List<Target> fan = targets(fan(3));
    complete(fan.get(0), 0);
    Target head = target(complete(fan.get(1), 0), "work");
    complete(fan.get(2), 0);

    Target again = target(run.apply(run.lost(head, null)), "work");
    assertThat(again).isEqualTo(head);

    assertThat(target(complete(again, version()), "work").token().executionId())
        .isEqualTo(fan.get(2).token().executionId());
  }

  @Test
  void law_15_one_that_waits_for_its_turn_keeps_its_place_and_its_old_token_is_stale() {
    List<Target> fan = targets(fan(3));
    complete(fan.get(0), 0);
    complete(fan.get(1), 0);
    complete(fan.get(2), 0);

    assertThat(run.running().loads().get("work")).isEqualTo(new RunState.Load(2, 0));
    assertThat(run.inspect().executions())
        .extracting(Answer.OpenInfo::phase)
        .containsExactlyInAnyOrder("DISPATCHED", "CONTENDING");
    assertThat(RunFixture.reason(complete(fan.get(2), version())))
        .isEqualTo(RunEffect.Reason.STALE_TOKEN);
  }

  @Test
  void R9_a_run_that_ends_with_an_update_queue_leaves_nothing_of_it() {
    List<Target> fan = targets(fan(3));
    complete(fan.get(0), 0);
    complete(fan.get(1), 0);
    complete(fan.get(2), 0);

    run.apply(new RunInput.CancelRun(null, "enough"));
    run.fire(Ending.PURGE);

    assertThat(run.store.size()).isZero();
  }

  private List<RunEffect> fan(int width) {
    return run.complete(
        target(run.start(), "first"),
        Collections.nCopies(width, emit("Work")).toArray(StepEffect[]::new));
  }

  /** What a worker makes of the state that it was sent. */
  private static RunInput increment(Target target, Map<String, VersionedValue> state) {
    VersionedValue sent = state.get("total");
    long value = sent == null ? 0 : ((Whole) sent.value()).value();
    long version = sent == null ? 0 : sent.version();
    return RunFixture.completed(
        target.token(), new UpdateState("total", version, new Whole(value + 1)));
  }

  private List<RunEffect> complete(Target target, long version) {
    long before = version == 0 ? 0 : total();
    return run.complete(target, new UpdateState("total", version, new Whole(before + 1)));
  }

  private long version() {
    return RunFixture.there(run.store.get(Keys.cell("total"))).value().version();
  }

  private long total() {
    VersionedValue total = RunFixture.there(run.store.get(Keys.cell("total"))).value();
    return ((Whole) total.value()).value();
  }
}
