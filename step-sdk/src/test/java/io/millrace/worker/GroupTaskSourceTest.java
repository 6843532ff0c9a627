package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

class GroupTaskSourceTest {
  private static final TopicPartition PARTITION = new TopicPartition("mill.rag.Ask", 0);
  private final AtomicLong clock = new AtomicLong();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final AtomicBoolean refusing = new AtomicBoolean();
  private final AtomicInteger refused = new AtomicInteger();
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

        @Override
        public synchronized void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
          if (refusing.get()) {
            refused.incrementAndGet();
            callback.onComplete(offsets, new RetriableCommitFailedException("no coordinator"));
          } else {
            super.commitAsync(offsets, callback);
          }
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

  private void pollAtOnce() {
    source.poll(0, Duration.ZERO);
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
  void E3_what_somebody_waits_for_is_committed_at_once_and_is_recorded_then() {
    assign(2);
    written(0, 1, 2);
    List<Task> tasks = poll(3);
    List<CompletableFuture<Void>> recorded = tasks.stream().map(source::recorded).toList();
    source.acknowledge(tasks.get(0));
    pollAtOnce();
    assertThat(recorded).extracting(CompletableFuture::isDone).containsExactly(true, false, false);

    source.acknowledge(tasks.get(2));
    pollAtOnce();
    assertThat(recorded).extracting(CompletableFuture::isDone).containsExactly(true, false, false);
    assertThat(source.isAwaited()).isTrue();
    source.acknowledge(tasks.get(1));
    assertThat(recorded.get(1)).isNotDone();
    pollAtOnce();

    assertThat(committed()).isEqualTo(3);
    assertThat(recorded).allMatch(CompletableFuture::isDone);
    assertThat(source.isAwaited()).isFalse();
    assertThat(source.recorded(tasks.get(0))).isDone();
  }

  @Test
  void what_nobody_waits_for_is_committed_with_others() {
    assign(0);
    written(0, 1);
    List<Task> tasks = poll(2);
    source.acknowledge(tasks.get(0));
    pollAtOnce();
    assertThat(committed()).isEqualTo(1);

    source.acknowledge(tasks.get(1));
    pollAtOnce();
    assertThat(committed()).isEqualTo(1);
    poll(0);

    assertThat(committed()).isEqualTo(2);
  }

  @Test
  void a_commit_that_failed_is_tried_again_but_not_at_once_though_somebody_waits() {
    assign(1);
    written(0);
    Task task = poll(1).get(0);
    CompletableFuture<Void> recorded = source.recorded(task);
    source.acknowledge(task);
    refusing.set(true);
    pollAtOnce();
    pollAtOnce();
    assertThat(refused).hasValue(1);
    assertThat(recorded).isNotDone();

    refusing.set(false);
    poll(0);

    assertThat(recorded).isDone();
  }

  @Test
  void whoever_waits_for_what_can_no_longer_be_committed_here_is_told() {
    assign(2);
    written(0, 1);
    List<Task> tasks = poll(2);
    CompletableFuture<Void> recorded = source.recorded(tasks.get(1));

    source.onPartitionsLost(List.of(PARTITION));

    assertThat(recorded).isDone();
    assertThat(source.recorded(tasks.get(0))).isDone();
    assertThat(source.isAwaited()).isFalse();
  }

  @Test
  void nobody_who_gave_up_waiting_keeps_a_source_busy() {
    assign(1);
    written(0);
    CompletableFuture<Void> recorded = source.recorded(poll(1).get(0));
    assertThat(source.isAwaited()).isTrue();

    recorded.complete(null);

    assertThat(source.isAwaited()).isFalse();
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
    CompletableFuture<Void> recorded = source.recorded(tasks.get(1));

    source.onPartitionsRevoked(List.of(PARTITION));
    assertThat(committed()).isEqualTo(1);
    source.close();

    assertThat(consumer.closed()).isTrue();
    assertThat(recorded).isDone();
  }
}
