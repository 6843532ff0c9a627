package io.millrace.coordinator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.MillraceConfig;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {
  @Test
  void each_run_log_has_a_state_folder_of_its_own() {
    CoordinatorConfig config =
        CoordinatorConfig.from(
            MillraceConfig.of(
                Map.of("bootstrap.servers", "nowhere:1", "millrace.state.dir", "/state")));

    assertThat(folder(config, "one")).isEqualTo(Path.of("/state", "one"));
    assertThat(folder(config, "another")).isEqualTo(Path.of("/state", "another"));
  }

  @Test
  void the_first_records_of_a_new_topic_cannot_overtake_each_other() {
    CoordinatorConfig config =
        CoordinatorConfig.from(MillraceConfig.of(Map.of("bootstrap.servers", "nowhere:1")));

    assertThat(StreamsSettings.of(config, "one"))
        .containsEntry(
            StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
  }

  private static Path folder(CoordinatorConfig config, String runLogId) {
    return Path.of(
        StreamsSettings.of(config, runLogId).getProperty(StreamsConfig.STATE_DIR_CONFIG));
  }
}
