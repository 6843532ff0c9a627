package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.StartEvent;
import io.millrace.StopEvent;
import io.millrace.config.InvalidConfigException;
import io.millrace.config.MillraceConfig;
import io.millrace.step.StepDefinition;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConcurrencyChoiceTest {
  record Grain(int sacks) implements StartEvent {}

  record Flour(int bags) implements StopEvent {}

  private static final StepDefinition GRIND =
      StepDefinition.named("grind")
          .concurrency(3)
          .handler(Grain.class, (grain, context) -> new Flour(grain.sacks()));

  private static int chosen(Map<String, String> settings) {
    return ConcurrencyChoice.apply(MillraceConfig.of(settings), GRIND).concurrency();
  }

  @Test
  void a_step_has_the_concurrency_of_its_code_unless_configuration_says_otherwise() {
    assertThat(chosen(Map.of())).isEqualTo(3);
    assertThat(chosen(Map.of("millrace.concurrency", "40"))).isEqualTo(40);
  }

  @Test
  void what_configuration_says_of_one_step_goes_before_what_it_says_of_all() {
    assertThat(chosen(Map.of("millrace.concurrency", "40", "millrace.step.grind.concurrency", "2")))
        .isEqualTo(2);
    assertThat(chosen(Map.of("millrace.step.sift.concurrency", "2"))).isEqualTo(3);
  }

  @Test
  void a_concurrency_of_nothing_is_refused_with_the_key() {
    assertThatThrownBy(() -> chosen(Map.of("millrace.concurrency", "0")))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("millrace.concurrency must be at least 1, not 0");
    assertThatThrownBy(() -> chosen(Map.of("millrace.step.grind.concurrency", "many")))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("millrace.step.grind.concurrency");
  }
}
