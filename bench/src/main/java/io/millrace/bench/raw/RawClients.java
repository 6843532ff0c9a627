package io.millrace.bench.raw;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
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

  /** Commits only what it is told to. */
  static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> kafka) {
    return consumer(kafka, Map.of());
  }

  /**
   * The same.
   *
   * @param more settings
   */
  static KafkaConsumer<byte[], byte[]> consumer(
      Map<String, Object> kafka, Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.putAll(more);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Reads the first partition of a topic, without a group, from its beginning on. */
  static KafkaConsumer<byte[], byte[]> reader(Map<String, Object> kafka, String topic) {
    KafkaConsumer<byte[], byte[]> consumer = consumer(kafka);
    List<TopicPartition> first = List.of(new TopicPartition(topic, 0));
    consumer.assign(first);
    consumer.seekToBeginning(first);
    first.forEach(consumer::position);
    return consumer;
  }
}
