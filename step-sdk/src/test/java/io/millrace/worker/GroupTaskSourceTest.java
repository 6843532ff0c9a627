package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

class GroupTaskSourceTest {
  private static final TopicPartition PARTITION = new TopicPartition("mill.rag.Ask", 0);
  private final AtomicLong clock = new AtomicLong();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>("earliest") {
        @Override
        public synchronized void commitSync(
            Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
          if (woken.getAndSet(false)) {
            throw new WakeupException();
          }
          super.commitSync(offsets, timeout);
        }
      };
  private final GroupTaskSource source =
      new GroupTaskSource(consumer, List.of(PARTITION.topic()), 2, clock::get);

  private void assign(long end) {
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, end));
    consumer.rebalance(List.of(PARTITION));
  }

  private void written(long... offsets) {
    for (long offset : offsets) {
      consumer.addRecord(
          new ConsumerRecord<>(PARTITION.topic(), 0, offset, new byte[0], new byte[0]));
    }
  }

  private List<Task> poll(int free) {
    clock.addAndGet(100);
    return source.poll(free, Duration.ZERO);
  }

  private long committed() {
    OffsetAndMetadata offset = consumer.committed(Set.of(PARTITION)).get(PARTITION);
    return offset == null ? -1 : offset.offset();
  }

  @Test
  void only_the_contiguous_acknowledged_prefix_is_committed() {
    assign(0);
    written(0, 1, 2);
    List<Task> tasks = poll(3);

    source.acknowledge(tasks.get(1));
    poll(3);
    assertThat(committed()).isEqualTo(-1);

    source.acknowledge(tasks.get(0));
    poll(3);
    assertThat(committed()).isEqualTo(2);
  }

  @Test
  void a_gap_in_offsets_holds_nothing_back() {
    assign(0);
    written(0, 5);
    List<Task> tasks = poll(2);

    tasks.forEach(source::acknowledge);
    poll(2);

    assertThat(committed()).isEqualTo(6);
  }

  @Test
  void no_more_tasks_are_handed_out_than_slots_are_free_and_a_full_buffer_pauses_fetching() {
    assign(0);
    written(0, 1, 2);

    assertThat(poll(1)).hasSize(1);
    assertThat(poll(0)).isEmpty();
    assertThat(consumer.paused()).containsExactly(PARTITION);
    assertThat(poll(2)).hasSize(2);
    poll(1);
    assertThat(consumer.paused()).isEmpty();
  }

  @Test
  void records_from_before_the_assignment_may_be_redeliveries_and_later_ones_are_not() {
    assign(1);
    written(0, 1);

    List<Task> tasks = poll(2);

    assertThat(tasks.get(0).maybeRedelivered()).isTrue();
    assertThat(tasks.get(1).maybeRedelivered()).isFalse();
  }

  @Test
  void a_revoked_partition_is_committed_its_waiting_records_dropped_and_late_acks_ignored() {
    assign(0);
    written(0, 1, 2);
    List<Task> tasks = poll(2);
    source.acknowledge(tasks.get(0));

    source.onPartitionsRevoked(List.of(PARTITION));

    assertThat(committed()).isEqualTo(1);
    source.acknowledge(tasks.get(1));
    assertThat(poll(5)).isEmpty();
    assertThat(committed()).isEqualTo(1);
    assertThat(source.hasUnsettled()).isFalse();
  }

  @Test
  void a_pending_wakeup_does_not_keep_the_last_commit_from_being_made() {
    assign(0);
    written(0, 1);
    source.acknowledge(poll(2).get(0));
    woken.set(true);

    source.onPartitionsRevoked(List.of(PARTITION));

    assertThat(committed()).isEqualTo(1);
  }

  @Test
  void closing_commits_what_is_done_and_leaves_the_rest_to_others() {
    assign(0);
    written(0, 1);
    List<Task> tasks = poll(2);
    source.acknowledge(tasks.get(0));
    source.release(tasks.get(1));

    source.onPartitionsRevoked(List.of(PARTITION));
    assertThat(committed()).isEqualTo(1);
    source.close();

    assertThat(consumer.closed()).isTrue();
  }
}
