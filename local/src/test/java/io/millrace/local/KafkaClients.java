package io.millrace.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** Plain Kafka clients with string values, for tests. */
final class KafkaClients {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String servers;

  KafkaClients(String servers) {
    this.servers = servers;
  }

  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", servers));
  }

  void createTopic(String name) throws Exception {
    try (Admin admin = admin()) {
      admin
          .createTopics(Set.of(new NewTopic(name, 1, (short) 1)))
          .all()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  KafkaProducer<String, String> producer(Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", servers);
    return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
  }

  void send(String topic, String... values) throws Exception {
    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, value)).get(60, TimeUnit.SECONDS);
      }
    }
  }

  /** Reads from the start of the only partition until there are as many values as asked for. */
  List<String> read(String topic, int count) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", servers);
    config.put("isolation.level", "read_committed");
    // Whoever closes a consumer waits for the answer to its last fetch.
    config.put("fetch.max.wait.ms", 10);
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(Set.of(partition));
      consumer.seekToBeginning(Set.of(partition));
      Awaitility.await("records of " + topic)
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(1))
          .pollInSameThread()
          .until(
              () -> {
                for (ConsumerRecord<String, String> record :
                    consumer.poll(Duration.ofMillis(200))) {
                  values.add(record.value());
                }
                return values.size() >= count;
              });
    }
    return values;
  }
}
