package io.millrace.coordinator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicTailTest {
  private static final TopicPartition STEPS = new TopicPartition("mill.steps", 0);

  private final Queue<Long> handled = new ConcurrentLinkedQueue<>();
  private final AtomicInteger consumers = new AtomicInteger();

  @Test
  void a_topic_that_is_not_known_yet_is_not_an_empty_one() throws InterruptedException {
    try (TopicTail tail = tail(List.of(new MockConsumer<>("earliest"), holding(1)))) {
      assertThat(tail.awaitCaughtUp(Duration.ofSeconds(10))).isTrue();
      assertThat(handled).containsExactly(0L);
    }
  }

  @Test
  void no_failure_ends_the_reading() {
    MockConsumer<byte[], byte[]> broken = holding(1);
    broken.schedulePollTask(
        () -> {
          throw new IllegalStateException("whatever");
        });
    try (TopicTail tail = tail(List.of(broken, holding(2)))) {
      await().untilAsserted(() -> assertThat(handled).contains(1L));
    }
  }

  private TopicTail tail(List<MockConsumer<byte[], byte[]>> one) {
    TopicTail tail =
        new TopicTail(STEPS.topic(), () -> next(one), record -> handled.add(record.offset()));
    tail.start();
    return tail;
  }

  private Consumer<byte[], byte[]> next(List<MockConsumer<byte[], byte[]>> oneByOne) {
    return oneByOne.get(Math.min(consumers.getAndIncrement(), oneByOne.size() - 1));
  }

  private static MockConsumer<byte[], byte[]> holding(int records) {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    Node node = new Node(0, "nowhere", 1);
    Node[] nodes = {node};
    consumer.updatePartitions(
        STEPS.topic(), List.of(new PartitionInfo(STEPS.topic(), 0, node, nodes, nodes)));
    consumer.updateBeginningOffsets(Map.of(STEPS, 0L));
    consumer.updateEndOffsets(Map.of(STEPS, (long) records));
    consumer.schedulePollTask(
        () -> {
          for (int offset = 0; offset < records; offset++) {
            consumer.addRecord(
                new ConsumerRecord<>(STEPS.topic(), 0, offset, new byte[0], new byte[0]));
          }
        });
    return consumer;
  }
}
