package io.millrace.coordinator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.RunInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimerIndexTest {
  private static final long LONG = Duration.ofSeconds(10).toNanos();
  private static final long REPEAT = 2_000;

  private final WatchedStore entries = new WatchedStore();
  private final StoreWrites writes = new StoreWrites(entries.store());
  private final List<RunInput.TimerFired> appended = new ArrayList<>();
  private final TimerIndex timers =
      new TimerIndex(
          entries.store(),
          writes,
          (runId, input) -> appended.add((RunInput.TimerFired) input),
          Duration.ofMillis(REPEAT));

  @Test
  void law_2_what_is_due_is_appended_once_and_again_only_if_it_is_not_seen_back() {
    set("a", 1_000);

    fire(999);
    assertThat(appended).isEmpty();
    fire(1_000);
    fire(1_020);
    fire(1_000 + REPEAT - 1);
    assertThat(appended).containsExactly(new RunInput.TimerFired("a", 1));

    fire(1_000 + REPEAT);
    fire(1_000 + 2 * REPEAT);
    assertThat(appended).hasSize(2);
    drop("a", 1_000);
    fire(1_000 + 4 * REPEAT);
    assertThat(appended).hasSize(2);
  }

  @Test
  void while_nothing_is_due_it_looks_once_a_second() {
    set("a", 60_400);

    for (long now = 1_000; now < 60_400; now += 20) {
      fire(now);
    }
    assertThat(appended).isEmpty();
    assertThat(entries.begins).hasSizeLessThanOrEqualTo(60);

    fire(60_400);
    assertThat(appended).hasSize(1);
  }

  @Test
  void a_timer_that_is_set_while_nothing_was_due_fires_in_time() {
    set("later", 60_000);
    fire(1_000);

    set("sooner", 1_500);
    fire(1_499);
    assertThat(appended).isEmpty();
    fire(1_500);

    assertThat(appended).extracting(RunInput.TimerFired::timerId).containsExactly("sooner");
  }

  @Test
  void a_timer_that_is_set_in_the_past_fires_at_the_next_look() {
    set("a", 5_000);
    fire(5_000);
    drop("a", 5_000);

    set("late", 3_000);
    fire(5_020);

    assertThat(appended).extracting(RunInput.TimerFired::timerId).containsExactly("a", "late");
  }

  @Test
  void what_does_not_fit_into_the_time_of_one_call_is_left_to_the_next() {
    set("a", 1_000);
    set("b", 1_000);

    assertThat(timers.fire(1_000, -1)).isEqualTo(1);
    fire(1_000);

    assertThat(appended).extracting(RunInput.TimerFired::timerId).containsExactly("a", "b");
  }

  private void fire(long now) {
    timers.fire(now, LONG);
  }

  private void set(String timerId, long due) {
    change(timerId, null, new Entry.Timer(Instant.ofEpochMilli(due), 1));
  }

  private void drop(String timerId, long due) {
    change(timerId, new Entry.Timer(Instant.ofEpochMilli(due), 1), null);
  }

  private void change(String timerId, Entry.@Nullable Timer before, Entry.@Nullable Timer now) {
    timers.changed("run", timerId, before, now);
    writes.write();
  }
}
