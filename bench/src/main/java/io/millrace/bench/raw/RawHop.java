package io.millrace.bench.raw;

import io.millrace.config.MillraceConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * One hop of a chain without Millrace: consumes, produces, and commits offsets once what it
 * produced is acknowledged, so nothing is lost. Arguments: the topic to read, the topic to write.
 */
public final class RawHop {
  /** What it prints when it has partitions. */
  public static final String READY = "raw hop ready";

  private static final Duration POLL = Duration.ofSeconds(1);

  private RawHop() {}

  public static void main(String[] args) {
    String from = args[0];
    String to = args[1];
    Map<String, Object> kafka = MillraceConfig.load().kafka();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka, from);
        KafkaProducer<byte[], byte[]> producer = RawClients.producer(kafka)) {
      consumer.subscribe(List.of(from), new Announcement());
      while (true) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> record : records) {
          producer.send(
              new ProducerRecord<>(to, record.key(), record.value()),
              (written, error) -> {
                if (error != null) {
                  error.printStackTrace();
                  Runtime.getRuntime().halt(1);
                }
              });
        }
        if (!records.isEmpty()) {
          producer.flush();
          consumer.commitAsync();
        }
      }
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> kafka, String from) {
    kafka.put(ConsumerConfig.GROUP_ID_CONFIG, from);
    kafka.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Says when there is something to read from. */
  private static final class Announcement implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      System.out.println(READY);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
  }
}
