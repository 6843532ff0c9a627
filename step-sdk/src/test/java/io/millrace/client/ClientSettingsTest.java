package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.MillraceConfig;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {
  @Test
  void a_client_may_send_what_the_topics_admit() {
    assertThat(producer(Map.of("bootstrap.servers", "nowhere:1")))
        .containsEntry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 8 * 1024 * 1024);
    assertThat(
            producer(
                Map.of("bootstrap.servers", "nowhere:1", "millrace.max.message.bytes", "5000000")))
        .containsEntry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 5_000_000);
  }

  private static Map<String, Object> producer(Map<String, String> config) {
    return ClientSettings.of(MillraceConfig.of(config)).producer();
  }
}
