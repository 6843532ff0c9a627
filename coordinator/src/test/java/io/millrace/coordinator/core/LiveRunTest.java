package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveRunTest {
  private final RunFixture run = new RunFixture(null, step("first").accepts("Begin"));

  @Test
  void law_18_a_timer_that_fires_is_due_whatever_the_broker_says_the_time_is() {
    run.apply(run.startInput(Duration.ofMinutes(1), false));
    Instant due = run.timer(RunTimeout.RUN_TIMEOUT).due();

    run.apply(run.firing(RunTimeout.RUN_TIMEOUT));

    assertThat(run.outcome().endedAt()).isEqualTo(due);
  }

  @Test
  void C8_an_input_that_changes_nothing_writes_nothing() {
    run.start();
    run.pass(Duration.ofSeconds(1));
    RunState before = run.store.state();

    assertThat(CountingStore.touchedBy(run, run.startInput())).isZero();
    assertThat(run.store.state()).isSameAs(before);
  }

  @Test
  void R8_the_newest_hundred_notes_are_kept_and_long_ones_are_cut() {
    run.start();
    LiveRun live =
        LiveRun.of(new Turn(run.graph(), run.store, new Arrival(9, run.now)), run.running());
    for (int i = 0; i < 100; i++) {
      live.note("note " + i);
    }
    assertThat(notes()).hasSize(100);
    live.note("x".repeat(500));
    live.note("y".repeat(501));

    assertThat(notes()).hasSize(100);
    assertThat(notes().get(0)).isEqualTo("note 2");
    assertThat(notes().get(98)).isEqualTo("x".repeat(500));
    assertThat(notes().get(99)).isEqualTo("y".repeat(500) + "...");
  }

  private List<String> notes() {
    return run.store.scan(Entry.Note.class, null, Integer.MAX_VALUE).stream()
        .map(found -> found.entry().text())
        .toList();
  }
}
