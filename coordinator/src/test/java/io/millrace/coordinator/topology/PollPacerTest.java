package io.millrace.coordinator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollPacerTest {
  private static final Duration ASKED = Duration.ofMillis(5);
  private static final long NOW = 100_000;
  private static final long NEVER = Long.MAX_VALUE;

  private final PollPacer pacer = new PollPacer();

  @Test
  void with_nothing_to_do_the_thread_waits_for_long() {
    assertThat(pacer.patience(ASKED, NEVER, NOW)).isEqualTo(PollPacer.LONGEST);
  }

  @Test
  void with_records_at_hand_it_does_not_wait() {
    assertThat(pacer.patience(Duration.ZERO, NEVER, NOW)).isZero();
  }

  @Test
  void a_fact_that_waits_for_its_commit_is_not_kept_waiting() {
    assertThat(pacer.patience(ASKED, 3_000_000, NOW)).isEqualTo(Duration.ofMillis(3));
    assertThat(pacer.patience(ASKED, 0, NOW)).isEqualTo(Duration.ofMillis(1));
    assertThat(pacer.patience(ASKED, 50_000_000, NOW)).isEqualTo(ASKED);
  }

  @Test
  void soon_after_an_input_it_waits_as_long_as_it_is_asked_to() {
    pacer.input(NOW);

    assertThat(pacer.patience(ASKED, NEVER, NOW + PollPacer.REST.toMillis() - 1)).isEqualTo(ASKED);
    assertThat(pacer.patience(ASKED, NEVER, NOW + PollPacer.REST.toMillis()))
        .isEqualTo(PollPacer.LONGEST);
  }

  @Test
  void it_wakes_for_the_first_timer_of_any_task() {
    pacer.timers("task 1", NOW + 150);
    pacer.timers("task 2", NOW + 60);

    assertThat(pacer.patience(ASKED, NEVER, NOW)).isEqualTo(Duration.ofMillis(60));
    assertThat(pacer.patience(ASKED, NEVER, NOW + 58)).isEqualTo(ASKED);
    assertThat(pacer.patience(ASKED, NEVER, NOW + 70)).isEqualTo(ASKED);

    pacer.forget("task 2");
    assertThat(pacer.patience(ASKED, NEVER, NOW)).isEqualTo(Duration.ofMillis(150));
  }
}
