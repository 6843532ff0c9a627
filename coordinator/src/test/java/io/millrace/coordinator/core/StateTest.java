package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect.Target;
import io.millrace.coordinator.core.StateValue.Decimal;
import io.millrace.coordinator.core.StateValue.Many;
import io.millrace.coordinator.core.StateValue.Opaque;
import io.millrace.coordinator.core.StateValue.Whole;
import io.millrace.coordinator.core.StepEffect.AppendState;
import io.millrace.coordinator.core.StepEffect.IncrementState;
import io.millrace.coordinator.core.StepEffect.RemoveState;
import io.millrace.coordinator.core.StepEffect.SetState;
import io.millrace.coordinator.core.StepEffect.UpdateState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What each write makes of what is there (T2, T3), and how state is measured (R10). */
class StateTest {
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void T2_an_increment_adds_to_what_is_there_and_a_sum_too_large_becomes_decimal() {
    assertThat(after(new IncrementState("total", new Whole(3)))).isEqualTo(new Whole(3));
    assertThat(sum(new Whole(3), new Whole(-5))).isEqualTo(new Whole(-2));
    assertThat(sum(new Decimal(1.5), new Whole(2))).isEqualTo(new Decimal(3.5));
    assertThat(sum(new Whole(2), new Decimal(0.5))).isEqualTo(new Decimal(2.5));
    assertThat(sum(new Whole(Long.MAX_VALUE - 1), new Whole(1)))
        .isEqualTo(new Whole(Long.MAX_VALUE));
    assertThat(sum(new Whole(Long.MAX_VALUE), new Whole(Long.MAX_VALUE)))
        .isEqualTo(new Decimal(0x1p64));
    assertThat(sum(new Whole(Long.MIN_VALUE), new Whole(Long.MIN_VALUE)))
        .isEqualTo(new Decimal(-0x1p64));
  }

  @Test
  void T2_appends_stand_in_program_order_and_begin_a_list_where_there_is_nothing() {
    assertThat(after(new AppendState("total", bytes(1)), new AppendState("total", bytes(2))))
        .isEqualTo(new Many(List.of(bytes(1), bytes(2))));
  }

  @Test
  void T2_the_last_write_of_a_completion_wins_and_a_removed_key_may_become_anything() {
    assertThat(after(new SetState("total", new Whole(1)), new SetState("total", new Whole(2))))
        .isEqualTo(new Whole(2));
    assertThat(after(new SetState("total", new Whole(1)), new RemoveState("total"))).isNull();
    assertThat(
            after(
                new SetState("total", new Opaque(bytes(3))),
                new RemoveState("total"),
                new IncrementState("total", new Whole(1))))
        .isEqualTo(new Whole(1));
  }

  @Test
  void T3_an_update_may_remove_its_key() {
    RunFixture run = run();
    Target first = target(run.start(), "first");
    List<RunEffect> effects =
        run.complete(first, new SetState("total", new Whole(1)), RunFixture.emit("Work"));
    long version = RunFixture.there(run.store.get(Keys.cell("total"))).value().version();

    run.complete(target(effects, "work"), new UpdateState("total", version, null));

    assertThat(run.store.get(Keys.cell("total"))).isNull();
    assertThat(run.running().stateBytes()).isZero();
    Counters.check(run.store);
  }

  @Test
  void T2_what_cannot_be_added_or_appended_fails_the_run_and_says_what_is_there() {
    IncrementState one = new IncrementState("total", new Whole(1));
    AppendState more = new AppendState("total", bytes(1));
    assertThat(mismatch(more, one))
        .isEqualTo("increment of 'total', which holds a list and no number");
    assertThat(mismatch(new SetState("total", new Opaque(bytes(1))), one))
        .isEqualTo("increment of 'total', which holds an opaque value and no number");
    assertThat(mismatch(new IncrementState("total", new Opaque(bytes(1)))))
        .isEqualTo("increment of 'total' by an opaque value, which is no number");
    assertThat(mismatch(one, more))
        .isEqualTo("append to 'total', which holds a whole number and no list");
    assertThat(mismatch(new SetState("total", new Decimal(0.5)), more))
        .isEqualTo("append to 'total', which holds a decimal number and no list");
  }

  @Test
  void T5_a_run_that_begins_with_a_state_reads_it_at_once() {
    RunFixture run = run();

    List<RunEffect> effects = run.apply(startWith(run, Map.of("total", new Whole(4))));

    assertThat(RunFixture.there(RunFixture.dispatches(effects).get(0).state().get("total")).value())
        .isEqualTo(new Whole(4));
    Counters.check(run.store);
  }

  @Test
  void R10_state_is_measured_by_its_keys_in_utf_8_and_its_values_with_a_fixed_cost_for_each() {
    assertThat(size("ü", new Opaque(bytes(0, 0, 0)))).isEqualTo(8 + 2 + 3);
    assertThat(size("ü", new Whole(1))).isEqualTo(8 + 2 + 8);
    assertThat(size("ü", new Decimal(1))).isEqualTo(8 + 2 + 8);
    assertThat(size("ü", new Many(List.of(bytes(0), bytes(0, 0))))).isEqualTo(8 + 2 + 5 + 6);
    assertThat(StateCells.size(Map.of("a", new Whole(1), "b", new Whole(2)))).isEqualTo(34);
  }

  @Test
  void R10_state_may_be_as_large_as_the_limit_and_a_value_replaced_counts_no_more() {
    RunFixture run = limited(109);
    List<RunEffect> effects =
        run.complete(target(run.start(), "first"), set(100), RunFixture.emit("Work"));
    Target work = target(effects, "work");

    run.complete(work, set(0), set(50), set(100), RunFixture.emit("Work"));

    assertThat(run.running().stateBytes()).isEqualTo(109);
    RunFixture other = limited(109);
    other.complete(target(other.start(), "first"), set(50), set(101));
    assertThat(other.error().message()).isEqualTo("maxStateBytes is 109, this has 110");
  }

  private static SetState set(int bytes) {
    return new SetState("k", new Opaque(Bytes.wrap(new byte[bytes])));
  }

  private static RunFixture run() {
    return new RunFixture(
        null, step("first").accepts("Begin").readsAll(), step("work").accepts("Work").readsAll());
  }

  private static RunFixture limited(long maxStateBytes) {
    return run().limits(new Limits(DAY, DAY, DAY, 100, maxStateBytes, 9, 9, 9, 9, 9));
  }

  private static RunInput.StartRun startWith(RunFixture run, Map<String, StateValue> state) {
    RunInput.StartRun plain = run.startInput();
    return new RunInput.StartRun(
        plain.request(), plain.workflow(), plain.event(), null, true, false, state, List.of());
  }

  private static @Nullable StateValue after(StepEffect... effects) {
    RunFixture run = run();
    run.complete(target(run.start(), "first"), effects);
    Counters.check(run.store);
    run.apply(new RunInput.CancelRun(null, ""));
    return run.outcome().state().get("total");
  }

  private static @Nullable StateValue sum(StateValue a, StateValue b) {
    return after(new SetState("total", a), new IncrementState("total", b));
  }

  private static String mismatch(StepEffect... effects) {
    RunFixture run = run();
    run.complete(target(run.start(), "first"), effects);
    assertThat(run.error().type()).isEqualTo("StateTypeMismatch");
    return run.error().message();
  }

  private static long size(String key, StateValue value) {
    return StateCells.size(Map.of(key, value));
  }

  private static Bytes bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return Bytes.wrap(bytes);
  }
}
