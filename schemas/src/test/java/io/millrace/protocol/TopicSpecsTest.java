package io.millrace.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.MillraceConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicSpecsTest {
  private final TopicSpecs specs =
      specs(Map.of("millrace.event.partitions", "9", "millrace.replication.factor", "3"));

  private static TopicSpecs specs(Map<String, String> config) {
    return new TopicSpecs(new Namespace("mill"), TopicSettings.from(MillraceConfig.of(config)));
  }

  @Test
  void the_run_log_and_beats_carry_broker_time() {
    assertThat(specs.runs().configs()).containsEntry("message.timestamp.type", "LogAppendTime");
    assertThat(specs.workers().configs()).containsEntry("message.timestamp.type", "LogAppendTime");
    assertThat(specs.workers().partitions()).isEqualTo(1);
  }

  @Test
  void registrations_are_compacted_and_never_expire() {
    assertThat(specs.steps().configs())
        .containsEntry("cleanup.policy", "compact")
        .doesNotContainKey("retention.ms");
  }

  @Test
  void partitions_and_replication_come_from_the_configuration() {
    TopicSpec events = specs.events("rag", "Ask");

    assertThat(events.name()).isEqualTo("mill.rag.Ask");
    assertThat(events.partitions()).isEqualTo(9);
    assertThat(events.replication()).hasValue((short) 3);
    assertThat(specs(Map.of()).events("rag", "Ask").replication()).isEmpty();
  }
}
