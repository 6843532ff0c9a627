package io.millrace.http.api;

import io.millrace.http.api.DeadLetterViews.DeadLetter;
import io.millrace.http.api.DeadLetterViews.DeadLetterList;
import io.millrace.http.route.ProblemException;
import io.millrace.http.route.ProblemKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads the one partition of dead letters from its end backwards, a window at a time. One consumer
 * for all calls, made when it is first needed and again after an error. Thread-safe.
 */
public final class DeadLetterReader implements DeadLetterLister, AutoCloseable {
  private static final int WINDOW = 200;

  /** A page ends after so many, found or not; the next one goes on. */
  private static final int MOST_LOOKED_AT = 5_000;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(200);

  private final TopicPartition partition;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final DeadLetterRecords records;
  private @Nullable Consumer<byte[], byte[]> consumer;

  /**
   * @param consumers make read-committed consumers
   */
  public DeadLetterReader(
      String topic, Supplier<Consumer<byte[], byte[]>> consumers, DeadLetterRecords records) {
    this.partition = new TopicPartition(topic, 0);
    this.consumers = consumers;
    this.records = records;
  }

  @Override
  public synchronized DeadLetterList page(
      Optional<Long> before, int limit, Predicate<DeadLetter> wanted) {
    try {
      Consumer<byte[], byte[]> open = open();
      long beginning = bound(open.beginningOffsets(List.of(partition), PATIENCE).get(partition));
      long end = bound(open.endOffsets(List.of(partition), PATIENCE).get(partition));
      return page(open, beginning, Math.min(end, before.orElse(end)), limit, wanted);
    } catch (KafkaException e) {
      close();
      throw new ProblemException(
          ProblemKind.UNAVAILABLE,
          "the dead letters cannot be read just now (" + e.getMessage() + "); ask again");
    }
  }

  private static long bound(@Nullable Long offset) {
    return offset == null ? 0 : offset;
  }

  private DeadLetterList page(
      Consumer<byte[], byte[]> open,
      long beginning,
      long from,
      int limit,
      Predicate<DeadLetter> wanted) {
    List<DeadLetter> page = new ArrayList<>();
    long at = from;
    long leastAt = Math.max(beginning, from - MOST_LOOKED_AT);
    while (at > leastAt) {
      long start = Math.max(leastAt, at - WINDOW);
      for (ConsumerRecord<byte[], byte[]> record : window(open, start, at)) {
        DeadLetter letter = records.view(record);
        if (wanted.test(letter)) {
          page.add(letter);
          if (page.size() == limit) {
            return new DeadLetterList(page, next(letter.offset(), beginning));
          }
        }
      }
      at = start;
    }
    return new DeadLetterList(page, next(at, beginning));
  }

  private static Optional<Long> next(long before, long beginning) {
    return before > beginning ? Optional.of(before) : Optional.empty();
  }

  /** The records from {@code start} to before {@code end}, the newest first. */
  private List<ConsumerRecord<byte[], byte[]>> window(
      Consumer<byte[], byte[]> open, long start, long end) {
    open.seek(partition, start);
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (open.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> record : open.poll(POLL)) {
        if (record.offset() < end) {
          found.add(record);
        }
      }
      if (System.nanoTime() > deadline) {
        throw new ProblemException(
            ProblemKind.UNAVAILABLE, "the dead letters take too long to read; ask again");
      }
    }
    Collections.reverse(found);
    return found;
  }

  private Consumer<byte[], byte[]> open() {
    Consumer<byte[], byte[]> open = consumer;
    if (open == null) {
      open = consumers.get();
      open.assign(List.of(partition));
      consumer = open;
    }
    return open;
  }

  @Override
  public synchronized void close() {
    Consumer<byte[], byte[]> open = consumer;
    consumer = null;
    if (open != null) {
      open.close();
    }
  }
}
