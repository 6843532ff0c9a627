package io.millrace.examples.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.examples.Pace;
import io.millrace.test.StepTest;
import io.millrace.test.StepTester;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProgressStepsTest {
  @Test
  void every_ground_sack_is_seen_on_the_stream() {
    StepTest test = StepTester.of(new Grind(Pace.NONE)).run(new Order(2));

    assertThat(test.streamed())
        .isEqualTo(List.of(new Working("grind", 1, 2), new Working("grind", 2, 2)));
    assertThat(test.emitted()).isEqualTo(List.of(new Ground(2)));
  }

  @Test
  void packing_ends_the_run() {
    StepTest test = StepTester.of(new Pack(Pace.NONE)).run(new Ground(2));

    assertThat(test.streamed())
        .isEqualTo(List.of(new Working("pack", 1, 2), new Working("pack", 2, 2)));
    assertThat(test.emitted()).isEqualTo(List.of(new Packed(2)));
  }
}
