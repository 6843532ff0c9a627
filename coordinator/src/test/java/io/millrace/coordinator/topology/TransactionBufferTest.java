package io.millrace.coordinator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class TransactionBufferTest {
  private static final String CHANGELOG = "mill-coordinator-runs-changelog";

  private final TransactionBuffer buffer = new TransactionBuffer();
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

  private static ProducerRecord<byte[], byte[]> record(
      String topic, int partition, String key, String value) {
    return new ProducerRecord<>(topic, partition, bytes(key), bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<String> sent() {
    return producer.history().stream()
        .map(r -> r.partition() + "/" + new String(r.value(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void of_a_changelog_the_last_value_of_each_key_is_sent() {
    buffer.add(record(CHANGELOG, 0, "head", "first"), null);
    buffer.add(record(CHANGELOG, 0, "other", "kept"), null);
    buffer.add(record(CHANGELOG, 0, "head", "last"), null);
    buffer.add(record(CHANGELOG, 1, "head", "elsewhere"), null);

    buffer.sendTo(producer);

    assertThat(sent()).containsExactly("0/last", "0/kept", "1/elsewhere");
  }

  @Test
  void of_other_topics_every_record_is_sent_in_order() {
    buffer.add(record("mill.outcomes", 0, "run", "1"), null);
    buffer.add(record("mill.outcomes", 0, "run", "2"), null);

    buffer.sendTo(producer);

    assertThat(sent()).containsExactly("0/1", "0/2");
  }

  @Test
  void whoever_wrote_a_value_that_was_replaced_is_told_too() {
    List<String> told = new ArrayList<>();
    buffer.add(record(CHANGELOG, 0, "head", "1"), (metadata, error) -> told.add("first"));
    buffer.add(record(CHANGELOG, 0, "head", "2"), (metadata, error) -> told.add("second"));

    buffer.sendTo(producer);

    assertThat(told).containsExactly("first", "second");
  }

  @Test
  void nothing_is_sent_twice() {
    buffer.add(record("mill.outcomes", 0, "run", "1"), null);

    buffer.sendTo(producer);
    buffer.sendTo(producer);

    assertThat(sent()).containsExactly("0/1");
  }

  @Test
  void the_reason_why_a_producer_takes_nothing_is_told_to_the_callbacks() {
    List<Exception> told = new ArrayList<>();
    ProducerFencedException fenced = new ProducerFencedException("another took over");
    producer.sendException = new KafkaException(fenced);
    buffer.add(record("mill.outcomes", 0, "run", "1"), (metadata, error) -> told.add(error));

    buffer.sendTo(producer);

    assertThat(told).containsExactly(fenced);
  }

  @Test
  void it_says_when_it_is_full() {
    String large = "x".repeat((int) (TransactionBuffer.MOST_BYTES / 2));
    buffer.add(record(CHANGELOG, 0, "a", large), null);
    assertThat(buffer.isFull()).isFalse();
    buffer.add(record(CHANGELOG, 0, "b", large), null);

    assertThat(buffer.isFull()).isTrue();
  }
}
