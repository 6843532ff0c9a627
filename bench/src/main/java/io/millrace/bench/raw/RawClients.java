package io.millrace.bench.raw;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Plain Kafka clients with the guarantees that Millrace's have. */
final class RawClients {
  private RawClients() {}

  static KafkaProducer<byte[], byte[]> producer(Map<String, Object> kafka) {
    return producer(kafka, 0);
  }

  static KafkaProducer<byte[], byte[]> producer(Map<String, Object> kafka, int lingerMillis) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, lingerMillis);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
