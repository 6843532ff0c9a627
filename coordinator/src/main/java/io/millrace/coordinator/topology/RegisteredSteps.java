package io.millrace.coordinator.topology;

import io.millrace.config.MillraceConfig;
import io.millrace.coordinator.codec.UnreadableRecordException;
import io.millrace.coordinator.core.Limits;
import io.millrace.protocol.IllegalNameException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** The steps that are registered right now, for tools that look once and do not stay. */
public final class RegisteredSteps {
  private static final Duration POLL = Duration.ofMillis(200);

  private RegisteredSteps() {}

  /**
   * Reads the steps topic to its present end. What is not a registration is left out.
   *
   * @throws org.apache.kafka.common.KafkaException if the broker does not answer
   */
  public static StepBook read(MillraceConfig config) {
    StepBook book = new StepBook(Limits.ofDefaults());
    try (Consumer<byte[], byte[]> consumer = ShellClients.reader(config.kafka(), Map.of())) {
      List<TopicPartition> partitions = partitions(consumer, config.namespace().steps());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(POLL).forEach(record -> take(book, record));
      }
    }
    return book;
  }

  private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
    List<PartitionInfo> infos = consumer.partitionsFor(topic);
    return infos == null
        ? List.of()
        : infos.stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList();
  }

  private static void take(StepBook book, ConsumerRecord<byte[], byte[]> record) {
    try {
      book.read(record.key(), record.value());
    } catch (UnreadableRecordException | IllegalNameException e) {
      // Garbage in the topic is the coordinator's to report; here it is simply no step.
      return;
    }
  }
}
