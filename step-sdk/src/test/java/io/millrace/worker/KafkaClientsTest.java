package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.MillraceConfig;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class KafkaClientsTest {
  private static Map<String, Object> streamSettings(Map<String, String> config) {
    return new KafkaClients(WorkerConfig.from(MillraceConfig.of(config)))
        .streamSettings(new Incarnation());
  }

  @Test
  void the_first_records_of_a_new_stream_cannot_overtake_each_other() {
    assertThat(streamSettings(Map.of("max.in.flight.requests.per.connection", "5")))
        .containsEntry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1)
        .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)
        .containsEntry(ProducerConfig.ACKS_CONFIG, "all");
  }
}
