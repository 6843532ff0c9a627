package io.millrace.coordinator.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Laws that hold whatever happens. {@code -Dmillrace.simulations=n} lives so many histories, {@code
 * -Dmillrace.seed=n} begins with this seed: with both, one history can be lived again.
 */
class SimulationTest {
  private static final int SIMULATIONS = Integer.getInteger("millrace.simulations", 20_000);

  @Test
  void F1_whatever_fails_every_run_ends_once_with_every_effect_once_and_leaves_no_trace() {
    long first = Long.getLong("millrace.seed", 0);

    Histories.Result result = Histories.live(first, SIMULATIONS, Rules.real());

    if (result.failing() >= 0) {
      throw Shrinker.shrink(result.failing(), Rules.real()).asError();
    }
    if (SIMULATIONS >= 1_000) {
      assertThat(result.visited().missing()).as("inputs that never came in a state").isEmpty();
      assertThat(result.visited().neverHappened()).as("what never happened").isEmpty();
    }
  }
}
