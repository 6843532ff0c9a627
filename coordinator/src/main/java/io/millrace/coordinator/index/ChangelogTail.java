package io.millrace.coordinator.index;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all partitions of a topic from their beginning and ever on, and tells how far it is. A
 * thread of its own owns the consumer; after an error everything begins again from nothing, because
 * compaction may have removed what would tell that an entry is gone.
 */
final class ChangelogTail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChangelogTail.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final String topic;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> handler;
  private final Runnable restart;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private final Map<TopicPartition, Long> read = new HashMap<>();
  private boolean caughtUp;
  private volatile @Nullable Consumer<byte[], byte[]> current;

  /**
   * @param handler called by this tail's thread; what it throws is logged and the record skipped
   * @param restart forgets all that the handler has been given
   */
  ChangelogTail(
      String topic,
      Supplier<Consumer<byte[], byte[]>> consumers,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> handler,
      Runnable restart) {
    this.topic = topic;
    this.consumers = consumers;
    this.handler = handler;
    this.restart = restart;
    this.thread = new Thread(this::run, "millrace-run-index");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  synchronized boolean isCaughtUp() {
    return caughtUp;
  }

  /** The topic's partitions, once they are known. */
  synchronized Set<TopicPartition> partitions(Duration patience) {
    await(patience, () -> !read.isEmpty());
    return Set.copyOf(read.keySet());
  }

  /** Returns when everything before these offsets has been handled. */
  synchronized void awaitRead(Map<TopicPartition, Long> ends, Duration patience) {
    await(
        patience,
        () ->
            ends.entrySet().stream()
                .allMatch(end -> read.getOrDefault(end.getKey(), -1L) >= end.getValue()));
  }

  private synchronized void await(Duration patience, BooleanSupplier done) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (!done.getAsBoolean()) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0 || closing.getCount() == 0) {
          throw new RunIndexException(
              "the list of runs is not up to date after "
                  + patience.toMillis()
                  + " ms: topic "
                  + topic
                  + " is still being read; ask again",
              null);
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunIndexException("interrupted while waiting for the list of runs", e);
    }
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
    synchronized (this) {
      notifyAll();
    }
  }

  private boolean open() {
    return closing.getCount() > 0;
  }

  private void run() {
    while (open()) {
      try (Consumer<byte[], byte[]> consumer = consumers.get()) {
        current = consumer;
        follow(consumer);
      } catch (WakeupException | InterruptException e) {
        LOG.debug("reading ends topic={}", topic);
      } catch (RuntimeException e) {
        // Whatever it is: without this reader no run would be listed any more.
        LOG.warn("reading failed, it begins again topic={} error={}", topic, e.toString());
      } finally {
        current = null;
        forget();
      }
      pause();
    }
  }

  private synchronized void forget() {
    restart.run();
    read.clear();
    caughtUp = false;
  }

  private void follow(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (open() && !partitions.isEmpty()) {
      progress(consumer, ends);
      consumer.poll(POLL).forEach(this::handle);
    }
  }

  private synchronized void progress(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    boolean all = true;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      long position = consumer.position(end.getKey());
      read.put(end.getKey(), position);
      all &= position >= end.getValue();
    }
    caughtUp |= all;
    notifyAll();
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
