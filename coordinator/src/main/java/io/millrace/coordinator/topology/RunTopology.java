package io.millrace.coordinator.topology;

import io.millrace.coordinator.codec.Outgoing;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The coordinator as a Streams topology: run log, one processor, records to whatever topic. */
public final class RunTopology {
  static final String STORE = "runs";
  static final String BY_KEY = "by-key";
  static final String BY_PARTITION = "by-partition";
  private static final String SOURCE = "run-log";
  private static final String PROCESSOR = "runs-processor";

  private RunTopology() {}

  public static Topology build(ShellParts parts, ThreadParts threads) {
    TimestampExtractor total = (record, partitionTime) -> Math.max(0, record.timestamp());
    Serializer<Outgoing> value = (topic, out) -> out.value();
    String replies = parts.namespace().replies();
    StreamPartitioner<byte[], Outgoing> explicit =
        (topic, key, out, partitions) ->
            // A reply partition that is not there is the asker's mistake: nobody can be reading it.
            Optional.of(
                topic.equals(replies) && out.partition() >= partitions
                    ? Set.of()
                    : Set.of(out.partition()));
    return new Topology()
        .addSource(
            AutoOffsetReset.earliest(),
            SOURCE,
            total,
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer(),
            parts.namespace().runs())
        .addProcessor(PROCESSOR, () -> new RunProcessor(parts, threads), SOURCE)
        .addStateStore(store(), PROCESSOR)
        .addSink(
            BY_KEY, (key, out, context) -> out.topic(), new ByteArraySerializer(), value, PROCESSOR)
        .addSink(
            BY_PARTITION,
            (key, out, context) -> out.topic(),
            new ByteArraySerializer(),
            value,
            explicit,
            PROCESSOR);
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(
            Map.of("max.message.bytes", Integer.toString(ShellClients.MAX_REQUEST_BYTES)));
  }
}
