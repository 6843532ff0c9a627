package io.millrace.coordinator.topology;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What one input changes in the task's store, written in one go: the store's engine takes a batch
 * at the price of one write. Belongs to the stream thread.
 */
final class StoreWrites {
  private final KeyValueStore<Bytes, byte[]> store;
  private final List<KeyValue<Bytes, byte[]>> waiting = new ArrayList<>();

  StoreWrites(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /**
   * @param value null removes the key, without reading it first as {@code delete} would
   */
  void put(Bytes key, byte @Nullable [] value) {
    waiting.add(KeyValue.pair(key, value));
  }

  /** Everything that waits, in the order in which it came. */
  void write() {
    if (!waiting.isEmpty()) {
      store.putAll(waiting);
      waiting.clear();
    }
  }
}
