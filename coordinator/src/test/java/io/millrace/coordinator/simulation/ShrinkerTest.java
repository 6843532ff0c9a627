package io.millrace.coordinator.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShrinkerTest {
  private static final Rules.Maker BUG = deeds -> new AnswerForgotten();

  @Test
  void a_failing_history_shrinks_to_a_few_decisions_and_a_short_story() {
    long seed = Histories.live(0, 1_000, BUG).failing();

    Shrinker.Shrunk shrunk = Shrinker.shrink(seed, BUG);

    assertThat(shrunk.decisions()).as("decisions").hasSizeLessThanOrEqualTo(12);
    assertThat(shrunk.story()).as("story").hasSizeLessThanOrEqualTo(20);
    assertThat(shrunk.asError())
        .hasMessageContaining("-Dmillrace.seed=" + seed)
        .hasMessageContaining("StepFailed");
  }

  @Test
  void what_is_left_of_it_fails_each_time_in_the_same_way() {
    long seed = Histories.live(0, 1_000, BUG).failing();

    assertThat(Shrinker.shrink(seed, BUG).story()).isEqualTo(Shrinker.shrink(seed, BUG).story());
  }
}
