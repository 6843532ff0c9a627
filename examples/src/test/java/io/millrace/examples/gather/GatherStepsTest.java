package io.millrace.examples.gather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.test.StepTest;
import io.millrace.test.StepTester;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GatherStepsTest {
  @Test
  void each_sack_of_a_delivery_is_sent() {
    StepTest test = StepTester.of(new Dispatch()).run(new Delivery(List.of(51, 49)));

    assertThat(test.emitted()).isEqualTo(List.of(new Sack(1, 2, 51), new Sack(2, 2, 49)));
    assertThat(test.returned()).isEmpty();
  }

  @Test
  void a_delivery_without_sacks_is_refused() {
    assertThatThrownBy(() -> new Delivery(List.of())).hasMessageContaining("at least one sack");
  }

  @Test
  void the_sack_itself_does_not_count() {
    assertThat(StepTester.of(new Weigh()).run(new Sack(2, 4, 50)).returned())
        .isEqualTo(List.of(new Weighed(2, 4, 49)));
  }

  @Test
  void as_many_are_gathered_as_there_are() {
    StepTest test = StepTester.of(new Gather()).run(new Weighed(1, 3, 10));

    assertThat(test.emitted()).isEmpty();
    assertThat(test.collectCalls().get(0).types()).containsExactly("Weighed", "Weighed", "Weighed");
  }

  @Test
  void the_receipt_is_in_the_order_of_the_delivery_whatever_the_order_of_arrival() {
    StepTest test =
        StepTester.of(new Gather())
            .withCollected(new Weighed(3, 3, 30), new Weighed(1, 3, 10), new Weighed(2, 3, 20))
            .run(new Weighed(2, 3, 20));

    assertThat(test.returned()).isEqualTo(List.of(new Receipt(60, List.of(10, 20, 30))));
  }
}
