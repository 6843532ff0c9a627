package io.millrace.coordinator.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A simulator that finds nothing proves nothing: it finds these. */
class PlantedBugsTest {
  private static final int SEEDS = 1_000;

  @Test
  void a_core_that_skips_the_check_for_open_executions_is_found() {
    assertFound(deeds -> new ClosedTakenForOpen());
  }

  @Test
  void a_core_that_applies_the_effects_of_a_failed_attempt_is_found() {
    assertFound(deeds -> new FailureApplied(deeds::ofFailed));
  }

  @Test
  void a_core_that_forgets_a_waiter_on_retry_is_found() {
    assertFound(deeds -> new AnswerForgotten());
  }

  @Test
  void a_core_that_joins_in_another_order_than_that_of_emission_is_found() {
    assertFound(deeds -> JoinSpoiled.turnedRound());
  }

  @Test
  void a_core_that_loses_a_member_of_a_fan_out_is_found() {
    assertFound(deeds -> JoinSpoiled.withoutTheLast());
  }

  /** The seed that gives the bug away gives nothing away without it. */
  private static void assertFound(Rules.Maker bug) {
    Histories.Result found = Histories.live(0, SEEDS, bug);

    assertThat(found.failing()).as("a failing seed below %d", SEEDS).isBetween(0L, SEEDS - 1L);
    Histories.Result sound = Histories.live(0, found.failing() + 1, Rules.real());
    assertThat(sound.failing()).as("the same seeds without the bug").isEqualTo(-1);
  }
}
