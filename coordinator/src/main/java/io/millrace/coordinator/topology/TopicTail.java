package io.millrace.coordinator.topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a whole small topic, from its beginning and ever on, into memory. A thread of its own owns
 * the consumer; after an error it begins again with a new one, so the handler must not mind a
 * record that it has had before.
 */
public final class TopicTail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
  private static final Duration POLL = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final String topic;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> handler;
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Consumer<byte[], byte[]> current;

  /**
   * @param handler called by this tail's thread; what it throws is logged and the record skipped
   */
  public TopicTail(
      String topic,
      Supplier<Consumer<byte[], byte[]>> consumers,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> handler) {
    this.topic = topic;
    this.consumers = consumers;
    this.handler = handler;
    this.thread = new Thread(this::run, "millrace-tail-" + topic);
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Waits until all that was there at the start has been read; false if that takes longer. */
  public boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
    return caughtUp.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    closing.countDown();
    Consumer<byte[], byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean open() {
    return closing.getCount() > 0;
  }

  private void run() {
    while (open()) {
      try {
        Consumer<byte[], byte[]> consumer = consumers.get();
        current = consumer;
        try {
          follow(consumer);
        } finally {
          // It has no group to leave, and would wait for the broker's answer to its last fetch.
          consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
      } catch (WakeupException | InterruptException e) {
        if (open()) {
          LOG.warn("reading was interrupted, it begins again topic={}", topic);
        }
      } catch (RuntimeException e) {
        // Whatever it is: without this reader the coordinator would go on deaf.
        LOG.warn("reading failed, it begins again topic={} error={}", topic, e.toString());
        pause();
      } finally {
        current = null;
      }
    }
  }

  private void follow(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (PartitionInfo info : consumer.partitionsFor(topic)) {
      partitions.add(new TopicPartition(topic, info.partition()));
    }
    if (partitions.isEmpty()) {
      // A topic just made may not be known to every broker yet. To know nothing is not to be
      // caught up.
      throw new UnknownTopicOrPartitionException("topic " + topic + " is not known yet");
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
    while (open()) {
      ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      if (ends.isEmpty()) {
        caughtUp.countDown();
      }
      consumer.poll(POLL).forEach(this::handle);
    }
  }

  private void handle(ConsumerRecord<byte[], byte[]> record) {
    try {
      handler.accept(record);
    } catch (RuntimeException e) {
      LOG.warn(
          "record skipped topic={} partition={} offset={} error={}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.toString());
    }
  }

  private void pause() {
    try {
      closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closing.countDown();
      Thread.currentThread().interrupt();
    }
  }
}
