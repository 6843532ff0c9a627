package io.millrace.coordinator.topology;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction is to hold, until it is about to be committed. Two things are gained.
 *
 * <p>Of a changelog only the last value of a key counts, so only that is sent: a run that goes
 * through five steps between two commits writes its head once.
 *
 * <p>And between two commits nothing is written in a transaction. The broker refuses the first
 * record of a transaction while the markers of the one before are still being written (error
 * CONCURRENT_TRANSACTIONS, then a pause of 20 ms or more); by the time of the next commit they are.
 *
 * <p>Belongs to the stream thread.
 */
final class TransactionBuffer {
  /** More than this is sent ahead, so that memory stays bounded. */
  static final long MOST_BYTES = 8L << 20;

  private static final String CHANGELOG = "-changelog";

  /** A key of a changelog. */
  private record Cell(String topic, @Nullable Integer partition, Bytes key) {}

  /** A record, and who is to be told of its end: also those whose records it has replaced. */
  private static final class Held {
    private ProducerRecord<byte[], byte[]> record;
    private final List<Callback> callbacks = new ArrayList<>(2);

    Held(ProducerRecord<byte[], byte[]> record) {
      this.record = record;
    }
  }

  private final Map<Cell, Held> cells = new LinkedHashMap<>();
  private final List<Held> others = new ArrayList<>();
  private long bytes;

  void add(ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
    Held held;
    byte[] key = record.key();
    if (key != null && record.topic().endsWith(CHANGELOG)) {
      Cell cell = new Cell(record.topic(), record.partition(), Bytes.wrap(key));
      held = cells.computeIfAbsent(cell, c -> new Held(record));
      held.record = record;
    } else {
      held = new Held(record);
      others.add(held);
    }
    if (callback != null) {
      held.callbacks.add(callback);
    }
    bytes += size(key) + size(record.value());
  }

  boolean isFull() {
    return bytes > MOST_BYTES;
  }

  /**
   * Hands everything over. What the producer does not even take is told to the callbacks, as are
   * the failures that come later.
   */
  void sendTo(Producer<byte[], byte[]> producer) {
    cells.values().forEach(held -> send(producer, held));
    others.forEach(held -> send(producer, held));
    clear();
  }

  /** The transaction is not to be. */
  void clear() {
    cells.clear();
    others.clear();
    bytes = 0;
  }

  private static void send(Producer<byte[], byte[]> producer, Held held) {
    Callback all =
        (metadata, error) -> held.callbacks.forEach(each -> each.onCompletion(metadata, error));
    try {
      producer.send(held.record, all);
    } catch (KafkaException e) {
      // A fenced producer wraps the reason; Streams looks for the reason itself.
      Exception reason = e.getCause() instanceof ApiException cause ? cause : e;
      held.callbacks.forEach(each -> each.onCompletion(null, reason));
    }
  }

  private static int size(byte @Nullable [] content) {
    return content == null ? 0 : content.length;
  }
}
