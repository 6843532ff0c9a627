package io.millrace.coordinator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.Token;
import io.millrace.coordinator.metrics.CoordinatorMetrics;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.Headers;
import io.millrace.serde.ProtocolCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DispatchProducerTest {
  private static final String RUN_LOG = "mill.runs";

  private final MockProducer<byte[], byte[]> transactional = mock(true);
  private final MockProducer<byte[], byte[]> plain = mock(false);
  private final List<RunInput> appended = new ArrayList<>();
  private final DispatchProducer producer =
      new DispatchProducer(
          transactional,
          new ThreadParts(Duration.ofMillis(30), CoordinatorMetrics.unread()),
          plain,
          (runId, input) -> appended.add(input),
          RUN_LOG,
          Duration.ofSeconds(20));

  @BeforeEach
  void begin() {
    producer.initTransactions();
    producer.beginTransaction();
  }

  @Test
  void a_dispatch_leaves_at_once_outside_the_transaction_and_a_fact_inside() {
    producer.send(dispatch("run", 5), (metadata, error) -> {});
    producer.send(record("mill.outcomes"), (metadata, error) -> {});

    assertThat(plain.history()).extracting(ProducerRecord::topic).containsExactly("mill.w.Ask");
    assertThat(transactional.uncommittedRecords()).isEmpty();
    producer.flush();
    assertThat(transactional.uncommittedRecords())
        .extracting(ProducerRecord::topic)
        .containsExactly("mill.outcomes");
  }

  @Test
  void law_3_streams_callback_is_never_called_for_a_dispatch() {
    AtomicBoolean called = new AtomicBoolean();

    producer.send(dispatch("run", 5), (metadata, error) -> called.set(true));
    plain.completeNext();

    assertThat(called).isFalse();
  }

  @Test
  void the_transaction_commits_only_when_its_dispatches_are_acknowledged() {
    producer.send(dispatch("run", 5), null);

    CompletableFuture<Void> commit = CompletableFuture.runAsync(producer::commitTransaction);
    await().during(Duration.ofMillis(200)).until(() -> !transactional.transactionCommitted());
    plain.completeNext();

    assertThat(commit).succeedsWithin(Duration.ofSeconds(10));
    assertThat(transactional.transactionCommitted()).isTrue();
    assertThat(appended).isEmpty();
  }

  @Test
  void law_3_a_failed_dispatch_is_told_to_each_execution_and_the_transaction_commits() {
    producer.send(dispatch("run", 5), null);
    plain.errorNext(new RecordTooLargeException("too large"));

    producer.commitTransaction();

    assertThat(transactional.transactionCommitted()).isTrue();
    assertThat(appended)
        .singleElement()
        .isInstanceOfSatisfying(
            RunInput.DispatchFailed.class,
            failed -> {
              assertThat(failed.token()).isEqualTo(new Token("x", 1, 0, 9));
              assertThat(failed.sequence()).isEqualTo(5);
              assertThat(failed.error().message()).contains("mill.w.Ask", "too large");
            });
  }

  @Test
  void an_input_that_cannot_be_moved_fails_the_transaction() {
    producer.send(record(RUN_LOG), null);
    plain.errorNext(new RecordTooLargeException("too large"));

    assertThatThrownBy(producer::commitTransaction)
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining(RUN_LOG);
    assertThat(transactional.transactionCommitted()).isFalse();
  }

  @Test
  void law_3_a_topic_out_of_reach_is_waited_for_once_in_a_transaction_and_two_at_most() {
    AtomicInteger waits = new AtomicInteger();
    MockProducer<byte[], byte[]> unreachable =
        new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
            if (record.topic().equals("mill.w.Sound")) {
              return CompletableFuture.completedFuture(null);
            }
            waits.incrementAndGet();
            return CompletableFuture.failedFuture(new TimeoutException("no metadata"));
          }
        };
    DispatchProducer stuck =
        new DispatchProducer(
            transactional,
            new ThreadParts(Duration.ofMillis(30), CoordinatorMetrics.unread()),
            unreachable,
            (runId, input) -> appended.add(input),
            RUN_LOG,
            Duration.ofSeconds(20));

    stuck.send(dispatchTo("mill.w.Sound", 0), null);
    stuck.commitTransaction();
    stuck.beginTransaction();
    for (int i = 0; i < 10; i++) {
      for (String topic : List.of("mill.w.A", "mill.w.B", "mill.w.C", "mill.w.Sound")) {
        stuck.send(dispatchTo(topic, i), null);
      }
    }
    stuck.commitTransaction();

    assertThat(waits).hasValue(2);
    assertThat(appended).hasSize(30).allMatch(RunInput.DispatchFailed.class::isInstance);

    stuck.beginTransaction();
    stuck.send(dispatchTo("mill.w.C", 1), null);
    assertThat(waits).hasValue(3);
  }

  private static ProducerRecord<byte[], byte[]> dispatchTo(String topic, long sequence) {
    ProducerRecord<byte[], byte[]> like = dispatch("run", sequence);
    return new ProducerRecord<>(topic, null, like.key(), like.value(), like.headers());
  }

  @Test
  void an_aborted_transaction_waits_for_nothing() {
    producer.send(dispatch("run", 5), null);

    producer.abortTransaction();
    producer.beginTransaction();
    producer.commitTransaction();

    assertThat(transactional.commitCount()).isEqualTo(1);
    assertThat(appended).isEmpty();
  }

  @Test
  void what_an_aborted_transaction_was_to_hold_is_not_in_the_next() {
    producer.send(record("mill.outcomes"), null);

    producer.abortTransaction();
    producer.beginTransaction();
    producer.commitTransaction();

    assertThat(transactional.history()).isEmpty();
  }

  private static ProducerRecord<byte[], byte[]> record(String topic) {
    return new ProducerRecord<>(topic, "k".getBytes(StandardCharsets.UTF_8), new byte[] {1});
  }

  private static ProducerRecord<byte[], byte[]> dispatch(String runId, long sequence) {
    DispatchTarget target =
        new DispatchTarget(
            new io.millrace.protocol.Token("x", 1, 0, 9L),
            "s",
            Instant.EPOCH,
            null,
            List.of(),
            List.of(),
            null,
            null,
            0);
    Dispatch dispatch =
        new Dispatch(
            runId,
            "w",
            "e",
            "Ask",
            EventKind.EVENT,
            1,
            sequence,
            null,
            List.of(target),
            Map.of(),
            List.of());
    ProducerRecord<byte[], byte[]> record = record("mill.w.Ask");
    record.headers().add(Headers.DISPATCH, ProtocolCodec.of(Dispatch.class).encode(dispatch));
    return record;
  }

  private static MockProducer<byte[], byte[]> mock(boolean autoComplete) {
    return new MockProducer<>(
        autoComplete, null, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
