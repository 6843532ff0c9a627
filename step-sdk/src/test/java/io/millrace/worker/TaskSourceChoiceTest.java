package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.StartEvent;
import io.millrace.StopEvent;
import io.millrace.config.InvalidConfigException;
import io.millrace.config.MillraceConfig;
import io.millrace.protocol.TaskSourceKind;
import io.millrace.step.StepDefinition;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskSourceChoiceTest {
  record Grain(int sacks) implements StartEvent {}

  record Flour(int bags) implements StopEvent {}

  private static final StepDefinition GRIND =
      StepDefinition.named("grind")
          .handler(Grain.class, (grain, context) -> new Flour(grain.sacks()));

  private static TaskSourceKind chosen(Map<String, String> settings, StepDefinition step) {
    return TaskSourceChoice.apply(MillraceConfig.of(settings), step).taskSource();
  }

  @Test
  void a_step_takes_its_tasks_from_a_consumer_group_unless_somebody_says_otherwise() {
    assertThat(chosen(Map.of(), GRIND)).isEqualTo(TaskSourceKind.GROUP);
    assertThat(chosen(Map.of(), GRIND.withTaskSource(TaskSourceKind.SHARE)))
        .isEqualTo(TaskSourceKind.SHARE);
  }

  @Test
  void configuration_goes_before_code_and_what_it_says_of_one_step_before_what_it_says_of_all() {
    Map<String, String> settings =
        Map.of("millrace.task.source", "Share", "millrace.step.sift.task.source", "group");

    assertThat(chosen(settings, GRIND)).isEqualTo(TaskSourceKind.SHARE);
    assertThat(
            chosen(
                Map.of("millrace.task.source", "share", "millrace.step.grind.task.source", "group"),
                GRIND))
        .isEqualTo(TaskSourceKind.GROUP);
  }

  @Test
  void anything_else_is_refused_with_the_key_and_what_it_says() {
    assertThatThrownBy(() -> chosen(Map.of("millrace.step.grind.task.source", "queue"), GRIND))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("millrace.step.grind.task.source")
        .hasMessageContaining("queue");
  }

  @Test
  void a_share_group_is_polled_with_a_quarter_of_the_slots_but_at_least_one() {
    WorkerConfig config = WorkerConfig.from(MillraceConfig.of(Map.of()));
    WorkerConfig given = WorkerConfig.from(MillraceConfig.of(Map.of("millrace.share.batch", "8")));

    assertThat(config.shareBatch(16)).isEqualTo(4);
    assertThat(config.shareBatch(1)).isEqualTo(1);
    assertThat(given.shareBatch(16)).isEqualTo(8);
    assertThat(given.shareBatch(3)).isEqualTo(3);
  }
}
