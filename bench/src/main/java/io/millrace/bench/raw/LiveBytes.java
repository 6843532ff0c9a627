package io.millrace.bench.raw;

import io.millrace.config.MillraceConfig;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * What a compacted topic amounts to: of each key the last value. Of a store's changelog that is
 * what the store holds, exactly; its files also hold what compaction has not come to yet.
 *
 * @param entries keys that have a value
 * @param bytes of those keys and values
 * @param written bytes of all records that are there, which a restart reads
 */
public record LiveBytes(long entries, long bytes, long written) {
  private static final Duration POLL = Duration.ofMillis(200);

  /** Reads the topic from its beginning to where it ends now. */
  public static LiveBytes of(MillraceConfig config, String topic) {
    Map<String, Object> committed =
        Map.of(
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            // The next partition waits for the answer to the last question about the one before.
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
            10);
    LiveBytes all = new LiveBytes(0, 0, 0);
    try (KafkaConsumer<byte[], byte[]> consumer = RawClients.consumer(config.kafka(), committed)) {
      // One partition after the other: the keys of all would not fit into a small heap.
      for (var found : consumer.partitionsFor(topic)) {
        all = all.plus(of(consumer, new TopicPartition(topic, found.partition())));
      }
    }
    return all;
  }

  private static LiveBytes of(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    Map<ByteBuffer, Integer> live = new HashMap<>();
    long written = 0;
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        ByteBuffer key = ByteBuffer.wrap(record.key());
        if (record.value() == null) {
          live.remove(key);
        } else {
          live.put(key, record.key().length + record.value().length);
        }
        written += record.key().length + Math.max(0, record.serializedValueSize());
      }
    }
    return new LiveBytes(
        live.size(), live.values().stream().mapToLong(Integer::longValue).sum(), written);
  }

  private LiveBytes plus(LiveBytes other) {
    return new LiveBytes(entries + other.entries, bytes + other.bytes, written + other.written);
  }
}
