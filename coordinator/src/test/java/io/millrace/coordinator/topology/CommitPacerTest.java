package io.millrace.coordinator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommitPacerTest {
  private static final long MS = 1_000_000;
  private final CommitPacer pacer = new CommitPacer(30 * MS, 0);

  @Test
  void without_a_fact_nothing_is_due() {
    assertThat(pacer.due(1_000 * MS)).isFalse();
  }

  @Test
  void an_urgent_fact_is_committed_at_once_when_nothing_is_out() {
    pacer.fact(true, 0);

    assertThat(pacer.due(0)).isTrue();
    pacer.committed(3 * MS, 3 * MS);
    assertThat(pacer.due(3 * MS)).isFalse();
  }

  @Test
  void the_markers_of_a_commit_have_their_time() {
    pacer.committed(3 * MS, 3 * MS);
    pacer.fact(true, 4 * MS);

    assertThat(pacer.due(7 * MS)).isFalse();
    assertThat(pacer.due(8 * MS)).isTrue();
  }

  @Test
  void a_fact_that_is_not_urgent_waits_for_one_that_is() {
    pacer.fact(false, 0);
    assertThat(pacer.due(3 * MS)).isFalse();
    pacer.fact(true, 3 * MS);

    assertThat(pacer.due(3 * MS)).isTrue();
  }

  @Test
  void a_fact_that_is_not_urgent_does_not_wait_long() {
    pacer.fact(false, 0);
    pacer.fact(false, 9 * MS);

    assertThat(pacer.due(9 * MS)).isFalse();
    assertThat(pacer.due(10 * MS)).isTrue();
  }

  @Test
  void the_more_is_out_the_longer_a_fact_waits_for_company() {
    pacer.committed(1 * MS, 0);
    pacer.out(3);
    pacer.fact(true, 0);

    assertThat(pacer.due(10 * MS)).isFalse();
    assertThat(pacer.due(11 * MS)).isTrue();
  }

  @Test
  void what_has_come_back_is_waited_for_no_longer() {
    pacer.committed(1 * MS, 0);
    pacer.out(3);
    pacer.fact(true, 0);
    pacer.out(-3);

    assertThat(pacer.due(5 * MS)).isTrue();
  }

  @Test
  void under_load_facts_share_a_commit_for_each_gap() {
    pacer.committed(1 * MS, 0);
    pacer.out(1_000);
    pacer.fact(true, 0);

    assertThat(pacer.due(29 * MS)).isFalse();
    assertThat(pacer.due(30 * MS)).isTrue();
  }

  @Test
  void where_commits_are_slow_work_takes_twice_as_long() {
    pacer.committed(40 * MS, 0);
    pacer.out(1_000);
    pacer.fact(true, 0);

    assertThat(pacer.due(79 * MS)).isFalse();
    assertThat(pacer.due(80 * MS)).isTrue();
  }
}
