package io.millrace.examples.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.test.StepTest;
import io.millrace.test.StepTester;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WaitingStepsTest {
  @Test
  void flour_is_ground_for_each_loaf() {
    assertThat(StepTester.of(new Grind()).run(new Bake(2)).returned())
        .isEqualTo(List.of(new Flour(1000)));
  }

  @Test
  void water_is_drawn_for_each_loaf() {
    assertThat(StepTester.of(new Draw()).run(new Bake(2)).returned())
        .isEqualTo(List.of(new Water(700)));
  }

  @Test
  void flour_alone_makes_no_bread() {
    StepTest test = StepTester.of(new Knead()).run(new Flour(1000));

    assertThat(test.emitted()).isEmpty();
    assertThat(test.collectCalls())
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.types()).containsExactly("Flour", "Water");
              assertThat(call.satisfied()).isFalse();
            });
  }

  @Test
  void flour_and_water_make_bread_whichever_comes_last() {
    StepTester both = StepTester.of(new Knead()).withCollected(new Flour(1000), new Water(700));

    assertThat(both.run(new Flour(1000)).returned()).isEqualTo(List.of(new Bread(1000, 700)));
    assertThat(both.run(new Water(700)).returned()).isEqualTo(List.of(new Bread(1000, 700)));
  }
}
