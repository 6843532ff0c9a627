package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicReadingTest {
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

  @Test
  void a_topic_that_is_not_there_is_an_error_and_not_empty() {
    consumer.updatePartitions("absent", List.of());

    assertThatThrownBy(() -> TopicReading.all(consumer, "absent"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("topic absent was to be read and is not there");
  }

  @Test
  void every_partition_is_read_to_its_end() {
    TopicPartition zero = new TopicPartition("t", 0);
    TopicPartition one = new TopicPartition("t", 1);
    consumer.updatePartitions("t", List.of(info(zero), info(one)));
    consumer.updateBeginningOffsets(Map.of(zero, 0L, one, 0L));
    consumer.updateEndOffsets(Map.of(zero, 1L, one, 2L));
    for (TopicPartition each : List.of(zero, one, one)) {
      consumer.schedulePollTask(
          () ->
              consumer.addRecord(
                  new ConsumerRecord<>(
                      "t", each.partition(), consumer.position(each), new byte[1], new byte[1])));
    }

    assertThat(TopicReading.all(consumer, "t")).hasSize(3);
  }

  private static PartitionInfo info(TopicPartition partition) {
    return new PartitionInfo(
        partition.topic(), partition.partition(), Node.noNode(), new Node[0], new Node[0]);
  }
}
