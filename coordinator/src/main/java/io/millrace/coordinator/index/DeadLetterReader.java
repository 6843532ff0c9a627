package io.millrace.coordinator.index;

import io.millrace.config.MillraceConfig;
import io.millrace.coordinator.topology.OccasionalReader;
import io.millrace.registry.SchemaRegistries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads the one partition of dead letters from its end backwards, a window at a time. Thread-safe.
 */
public final class DeadLetterReader implements AutoCloseable {
  private static final int WINDOW = 200;

  /** A page ends after so many, found or not; the next one goes on. */
  private static final int MOST_LOOKED_AT = 5_000;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(200);

  private final TopicPartition partition;
  private final OccasionalReader reader;
  private final DeadLetterRecords records;

  private DeadLetterReader(String topic, OccasionalReader reader, DeadLetterRecords records) {
    this.partition = new TopicPartition(topic, 0);
    this.reader = reader;
    this.records = records;
  }

  /** For the namespace of these settings; connects when it is first asked. */
  public static DeadLetterReader of(MillraceConfig config) {
    return new DeadLetterReader(
        config.namespace().deadLetters(),
        new OccasionalReader(config.kafka(), "read_committed"),
        new DeadLetterRecords(SchemaRegistries.of(config.asMap())));
  }

  /**
   * A page, newest first. It may hold fewer letters than the limit and still not be the last.
   *
   * @param before only letters of lower offsets; empty: from the newest
   * @param limit most letters of the page
   * @throws DeadLettersUnavailableException if the broker does not answer in time
   */
  public synchronized DeadLetterPage page(
      DeadLetterFilter filter, Optional<Long> before, int limit) {
    try {
      Consumer<byte[], byte[]> open = reader.get();
      open.assign(List.of(partition));
      long beginning = bound(open.beginningOffsets(List.of(partition), PATIENCE).get(partition));
      long end = bound(open.endOffsets(List.of(partition), PATIENCE).get(partition));
      return page(open, beginning, Math.min(end, before.orElse(end)), limit, filter);
    } catch (KafkaException e) {
      close();
      throw new DeadLettersUnavailableException(
          "the dead letters cannot be read just now (" + e.getMessage() + "); ask again", e);
    }
  }

  private static long bound(@Nullable Long offset) {
    return offset == null ? 0 : offset;
  }

  private DeadLetterPage page(
      Consumer<byte[], byte[]> open,
      long beginning,
      long from,
      int limit,
      DeadLetterFilter filter) {
    List<DeadLetter> page = new ArrayList<>();
    long at = from;
    long leastAt = Math.max(beginning, from - MOST_LOOKED_AT);
    while (at > leastAt) {
      long start = Math.max(leastAt, at - WINDOW);
      for (ConsumerRecord<byte[], byte[]> record : window(open, start, at)) {
        DeadLetter letter = records.view(record);
        if (filter.admits(letter)) {
          page.add(letter);
          if (page.size() == limit) {
            return new DeadLetterPage(page, next(letter.offset(), beginning));
          }
        }
      }
      at = start;
    }
    return new DeadLetterPage(page, next(at, beginning));
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
        throw new DeadLettersUnavailableException(
            "the dead letters take too long to read; ask again", null);
      }
    }
    Collections.reverse(found);
    return found;
  }

  @Override
  public synchronized void close() {
    reader.close();
  }
}
