package io.millrace.coordinator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.ProcessKind;
import io.millrace.protocol.WorkerBeat;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeatLedgerTest {
  private static final long LEASE = 1_000;
  private final BeatLedger ledger = new BeatLedger("me", Duration.ofMillis(LEASE));

  @Test
  void E3_a_worker_silent_for_longer_than_its_lease_is_lost() {
    hear("me", 0);
    hear("w", 100);
    hear("me", 1_100);
    assertThat(ledger.lost("w", 100)).isEmpty();

    hear("me", 1_101);

    assertThat(ledger.lost("w", 100)).hasValueSatisfying(why -> assertThat(why).contains("1001"));
  }

  @Test
  void law_13_nobody_is_dead_while_no_beat_of_anyone_arrives() {
    hear("me", 0);
    hear("w", 100);

    assertThat(ledger.lost("w", 100)).isEmpty();
  }

  @Test
  void law_13_nobody_is_dead_within_one_lease_of_this_coordinators_start() {
    hear("w", 0);
    hear("me", 50_000);
    hear("me", 51_000);
    assertThat(ledger.lost("w", 0)).isEmpty();

    hear("me", 51_001);

    assertThat(ledger.lost("w", 0)).isPresent();
  }

  @Test
  void law_13_a_worker_never_heard_of_is_lost_a_lease_after_the_start_or_the_adoption() {
    hear("me", 0);
    hear("me", 1_500);
    assertThat(ledger.lost("ghost", 600)).isEmpty();
    assertThat(ledger.lost("ghost", 0)).isPresent();

    hear("me", 1_601);

    assertThat(ledger.lost("ghost", 600)).isPresent();
  }

  @Test
  void law_13_hearing_the_past_again_makes_nobody_silent() {
    hear("me", 0);
    hear("w", 100);
    hear("w", 9_900);
    hear("me", 10_000);

    hear("me", 0);
    hear("w", 100);

    assertThat(ledger.lost("w", 100)).isEmpty();
  }

  @Test
  void law_13_a_goodbye_counts_at_once() {
    hear("me", 0);
    ledger.hear(beat("w", true), 10);

    assertThat(ledger.lost("w", 0)).isPresent();
  }

  private void hear(String incarnation, long atMillis) {
    ledger.hear(beat(incarnation, false), atMillis);
  }

  private static WorkerBeat beat(String incarnation, boolean goodbye) {
    return new WorkerBeat(
        incarnation, ProcessKind.WORKER, "", List.of(), "host", 1, 1, LEASE, goodbye);
  }
}
