package io.millrace.coordinator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommitPacerTest {
  private static final long MS = 1_000_000;
  private final CommitPacer pacer = new CommitPacer(30 * MS, 0);

  @Test
  void without_a_fact_nothing_is_due() {
    pacer.input();

    assertThat(pacer.due(1_000 * MS)).isFalse();
  }

  @Test
  void a_fact_is_committed_at_once_when_idle() {
    pacer.input();
    pacer.fact();

    assertThat(pacer.due(0)).isTrue();
    assertThat(pacer.due(0)).isFalse();
  }

  @Test
  void under_load_facts_share_a_commit_for_each_gap() {
    for (int i = 0; i < 100; i++) {
      pacer.input();
    }
    pacer.fact();
    assertThat(pacer.due(0)).isTrue();
    for (int i = 0; i < 100; i++) {
      pacer.input();
    }
    pacer.fact();

    assertThat(pacer.due(29 * MS)).isFalse();
    assertThat(pacer.due(30 * MS)).isTrue();
  }
}
