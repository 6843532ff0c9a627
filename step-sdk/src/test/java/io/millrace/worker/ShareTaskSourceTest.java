package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

class ShareTaskSourceTest {
  private static final String TOPIC = "mill.rag.Ask";
  private static final int BATCH = 2;
  private final AtomicLong clock = new AtomicLong();
  private final List<String> said = new ArrayList<>();
  private boolean wokenBeforeAnythingIsSent;
  private boolean wokenBeforeTheAnswer;

  private final MockShareConsumer<byte[], byte[]> consumer =
      new MockShareConsumer<>() {
        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
          if (wokenBeforeAnythingIsSent) {
            throw new WakeupException();
          }
          return super.poll(timeout);
        }

        @Override
        public synchronized void acknowledge(
            ConsumerRecord<byte[], byte[]> record, AcknowledgeType type) {
          said.add(record.offset() + " " + type.name());
        }

        @Override
        public synchronized void commitAsync() {
          said.add("sent");
        }

        @Override
        public synchronized Map<TopicIdPartition, Optional<KafkaException>> commitSync(
            Duration timeout) {
          said.add("sent and answered");
          if (wokenBeforeTheAnswer) {
            throw new WakeupException();
          }
          return Map.of();
        }

        @Override
        public synchronized void close() {
          said.add("left");
          super.close();
        }
      };

  private final ShareTaskSource source =
      new ShareTaskSource(consumer, "mill.rag.answer", List.of(TOPIC), BATCH, clock::get);

  private List<Task> poll(int free) {
    clock.addAndGet(1_000);
    return source.poll(free, Duration.ZERO);
  }

  private void written(long... offsets) {
    for (long offset : offsets) {
      consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, new byte[0], new byte[0]));
    }
  }

  @Test
  void a_source_that_drains_leaves_when_what_it_handed_out_has_its_verdicts() {
    written(0, 1);
    List<Task> tasks = poll(BATCH);
    source.drain();
    source.acknowledge(tasks.get(0));

    poll(0);
    assertThat(said).containsExactly("0 ACCEPT", "sent");
    source.release(tasks.get(1));
    poll(0);

    assertThat(said).containsExactly("0 ACCEPT", "sent", "1 RELEASE", "left");
  }

  @Test
  void topics_that_come_up_while_a_source_leaves_do_not_disturb_it() {
    source.drain();
    source.follow(List.of(TOPIC, "mill.rag.Beg"));
    assertThat(consumer.subscription()).containsExactly(TOPIC);
    poll(0);

    source.follow(List.of(TOPIC, "mill.rag.Beg"));

    assertThat(poll(0)).isEmpty();
    assertThat(said).containsExactly("left");
  }

  @Test
  void what_came_and_was_not_handed_out_is_left_to_others_when_a_source_drains() {
    written(0, 1, 2); // one more than was asked for
    List<Task> tasks = poll(BATCH);

    source.drain();
    tasks.forEach(source::acknowledge);
    poll(0);

    assertThat(said).containsExactlyInAnyOrder("2 RELEASE", "0 ACCEPT", "1 ACCEPT", "left");
    assertThat(said).endsWith("left");
  }

  @Test
  void what_a_poll_that_was_ended_early_had_to_send_is_not_settled() {
    written(0);
    poll(BATCH).forEach(source::acknowledge);
    wokenBeforeAnythingIsSent = true;

    poll(BATCH);
    assertThat(source.hasUnsettled()).isTrue();
    poll(0);

    assertThat(said).containsExactly("0 ACCEPT", "sent");
    assertThat(source.hasUnsettled()).isFalse();
  }

  @Test
  void E3_what_somebody_waits_for_is_sent_at_once_and_is_recorded_when_that_is_answered() {
    written(0, 1);
    List<Task> tasks = poll(BATCH);
    List<CompletableFuture<Void>> recorded = tasks.stream().map(source::recorded).toList();
    source.acknowledge(tasks.get(1));
    assertThat(recorded.get(1)).isNotDone();
    assertThat(source.isAwaited()).isTrue();

    source.poll(0, Duration.ZERO);
    assertThat(said).containsExactly("1 ACCEPT", "sent and answered");
    assertThat(recorded).extracting(CompletableFuture::isDone).containsExactly(false, true);
    source.acknowledge(tasks.get(0));
    source.poll(0, Duration.ZERO);

    assertThat(recorded.get(0)).isDone();
    assertThat(source.isAwaited()).isFalse();
    assertThat(source.hasUnsettled()).isFalse();
  }

  @Test
  void whoever_waits_is_told_although_the_answer_is_not_waited_for() {
    written(0);
    Task task = poll(BATCH).get(0);
    CompletableFuture<Void> recorded = source.recorded(task);
    source.acknowledge(task);
    wokenBeforeTheAnswer = true;

    poll(0);

    assertThat(recorded).isDone();
  }

  @Test
  void whoever_waits_for_what_has_no_verdict_is_told_when_a_source_leaves() {
    written(0);
    Task task = poll(BATCH).get(0);
    CompletableFuture<Void> recorded = source.recorded(task);

    source.close();

    assertThat(recorded).isDone();
    assertThat(source.recorded(task)).isDone();
    assertThat(source.isAwaited()).isFalse();
  }

  @Test
  void a_record_without_its_verdict_keeps_others_from_being_taken() {
    written(0);
    List<Task> slow = poll(BATCH);
    written(1);

    assertThat(poll(BATCH)).isEmpty();
    assertThat(source.isHeldUp()).isTrue();
    source.acknowledge(slow.get(0));

    assertThat(poll(BATCH)).extracting(task -> task.record().offset()).containsExactly(1L);
    assertThat(source.isHeldUp()).isFalse();
  }
}
