package io.millrace.client;

import io.millrace.protocol.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Streams as a broker would show them, and consumers that read them. Thread-safe. */
final class ScriptedStreams implements StreamEnds {
  final List<Scripted> made = new CopyOnWriteArrayList<>();
  final List<Collection<TopicPartition>> questions = new CopyOnWriteArrayList<>();

  /** What the next poll of anybody throws. */
  final AtomicReference<@Nullable KafkaException> failure = new AtomicReference<>();

  /** What a question about this topic fails with. */
  final Map<String, KafkaException> refusals = new ConcurrentHashMap<>();

  private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> logs =
      new ConcurrentHashMap<>();

  /** A topic that has this many records, which nobody needs to read. */
  void make(String topic, int records) {
    log(topic);
    for (int i = 0; i < records; i++) {
      write(topic, "event", 0);
    }
  }

  void terminal(String topic, int epoch) {
    write(topic, "terminal", epoch);
  }

  private List<ConsumerRecord<byte[], byte[]>> log(String topic) {
    return logs.computeIfAbsent(
        new TopicPartition(topic, 0), stream -> new CopyOnWriteArrayList<>());
  }

  private void write(String topic, String entry, int epoch) {
    List<ConsumerRecord<byte[], byte[]>> log = log(topic);
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(topic, 0, log.size(), new byte[0], new byte[0]);
    record.headers().add(Headers.STREAM_ENTRY, entry.getBytes(StandardCharsets.UTF_8));
    record.headers().add(Headers.EPOCH, ("" + epoch).getBytes(StandardCharsets.UTF_8));
    log.add(record);
  }

  @Override
  public Map<TopicPartition, CompletableFuture<Long>> of(Collection<TopicPartition> streams) {
    questions.add(List.copyOf(streams));
    Map<TopicPartition, CompletableFuture<Long>> ends = new HashMap<>();
    streams.forEach(stream -> ends.put(stream, end(stream)));
    return ends;
  }

  private CompletableFuture<Long> end(TopicPartition stream) {
    KafkaException refusal = refusals.get(stream.topic());
    if (refusal != null) {
      return CompletableFuture.failedFuture(refusal);
    }
    return logs.containsKey(stream)
        ? CompletableFuture.completedFuture((long) log(stream.topic()).size())
        : CompletableFuture.failedFuture(new TimeoutException("no such topic"));
  }

  Consumer<byte[], byte[]> consumer() {
    Scripted consumer = new Scripted();
    made.add(consumer);
    return consumer;
  }

  /** Polls give what is on the streams from the consumer's positions on. */
  final class Scripted extends MockConsumer<byte[], byte[]> {
    final Map<String, Long> soughtTo = new ConcurrentHashMap<>();

    Scripted() {
      super("earliest");
    }

    @Override
    public synchronized void seek(TopicPartition stream, long offset) {
      soughtTo.put(stream.topic(), offset);
      super.seek(stream, offset);
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(java.time.Duration timeout) {
      KafkaException thrown = failure.getAndSet(null);
      if (thrown != null) {
        throw thrown;
      }
      Thread.yield();
      for (TopicPartition stream : assignment()) {
        log(stream.topic()).stream()
            .filter(record -> record.offset() >= position(stream))
            .forEach(this::addRecord);
      }
      return super.poll(timeout);
    }
  }
}
