package io.millrace.coordinator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommitPacerTest {
  private static final long MS = 1_000_000;
  private final CommitPacer pacer = new CommitPacer(30 * MS, 0);
  private int requests;

  @Test
  void without_a_fact_nothing_is_due() {
    assertThat(due(1_000 * MS)).isFalse();
  }

  @Test
  void an_urgent_fact_is_committed_at_once_when_nothing_is_out() {
    fact(true, 0);

    assertThat(due(0)).isTrue();
    pacer.committed(3 * MS, 3 * MS);
    assertThat(due(3 * MS)).isFalse();
  }

  @Test
  void the_markers_of_a_commit_have_their_time() {
    pacer.committed(3 * MS, 3 * MS);
    fact(true, 4 * MS);

    assertThat(due(7 * MS)).isFalse();
    assertThat(due(8 * MS)).isTrue();
  }

  @Test
  void a_fact_that_is_not_urgent_waits_for_one_that_is() {
    fact(false, 0);
    assertThat(due(2 * MS)).isFalse();
    fact(true, 2 * MS);

    assertThat(due(2 * MS)).isTrue();
  }

  @Test
  void a_fact_that_is_not_urgent_waits_until_no_input_has_come_for_a_moment() {
    fact(false, 0);
    pacer.input(2 * MS);

    assertThat(due(11 * MS)).isFalse();
    assertThat(due(12 * MS)).isTrue();
  }

  @Test
  void a_fact_that_is_not_urgent_does_not_wait_long() {
    fact(false, 0);
    fact(false, 40 * MS);
    pacer.input(49 * MS);

    assertThat(due(49 * MS)).isFalse();
    assertThat(due(50 * MS)).isTrue();
  }

  @Test
  void the_more_is_out_the_longer_a_fact_waits_for_company() {
    pacer.committed(1 * MS, 0);
    pacer.out(3);
    fact(true, 0);

    assertThat(due(10 * MS)).isFalse();
    assertThat(due(11 * MS)).isTrue();
  }

  @Test
  void what_has_come_back_is_waited_for_no_longer() {
    pacer.committed(1 * MS, 0);
    pacer.out(3);
    fact(true, 0);
    pacer.out(-3);

    assertThat(due(5 * MS)).isTrue();
  }

  @Test
  void under_load_facts_share_a_commit_for_each_gap() {
    pacer.committed(1 * MS, 0);
    pacer.out(1_000);
    fact(true, 0);

    assertThat(due(29 * MS)).isFalse();
    assertThat(due(30 * MS)).isTrue();
  }

  @Test
  void where_commits_are_slow_work_takes_twice_as_long() {
    pacer.committed(40 * MS, 0);
    pacer.out(1_000);
    fact(true, 0);

    assertThat(due(79 * MS)).isFalse();
    assertThat(due(80 * MS)).isTrue();
  }

  @Test
  void who_waits_for_records_meanwhile_is_told_for_how_long() {
    assertThat(pacer.untilDue(0)).isEqualTo(Long.MAX_VALUE);
    pacer.committed(1 * MS, 0);
    fact(false, 1 * MS);

    assertThat(pacer.untilDue(1 * MS)).isEqualTo(10 * MS);
    pacer.input(4 * MS);
    assertThat(pacer.untilDue(4 * MS)).isEqualTo(10 * MS);
    fact(true, 4 * MS);
    assertThat(pacer.untilDue(4 * MS)).isEqualTo(1 * MS);
    assertThat(pacer.untilDue(5 * MS)).isZero();
  }

  private void fact(boolean urgent, long now) {
    pacer.fact(urgent, now, () -> requests++);
  }

  private boolean due(long now) {
    int before = requests;
    pacer.commitIfDue(now);
    return requests > before;
  }
}
