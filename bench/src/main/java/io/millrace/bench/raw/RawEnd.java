package io.millrace.bench.raw;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** A thread that reads all partitions of a topic, without a group, from their end on. */
final class RawEnd implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Consumer<byte[]> taker;
  private final Thread thread;
  private volatile boolean stopping;

  private RawEnd(KafkaConsumer<byte[], byte[]> consumer, Consumer<byte[]> taker) {
    this.consumer = consumer;
    this.taker = taker;
    this.thread = new Thread(this::run, "bench-raw-end");
    thread.setDaemon(true);
  }

  /**
   * What is written once this has returned is read.
   *
   * @param taker of values, called by the reading thread
   */
  static RawEnd start(Map<String, Object> kafka, String topic, Consumer<byte[]> taker) {
    KafkaConsumer<byte[], byte[]> consumer = RawClients.consumer(kafka);
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(found -> new TopicPartition(topic, found.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    RawEnd end = new RawEnd(consumer, taker);
    end.thread.start();
    return end;
  }

  private void run() {
    try (consumer) {
      while (!stopping) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          taker.accept(record.value());
        }
      }
    }
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
