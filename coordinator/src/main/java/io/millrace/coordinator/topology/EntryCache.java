package io.millrace.coordinator.topology;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Entries and heads in the stores of a thread's tasks as the rules know them, those that were used
 * last. A run that is under way is asked for the same few things by each of its inputs; here they
 * need neither the store's engine nor decoding. Holds what the stores hold, never more; only
 * immutable values. A key begins with its run's id, and a run is in one store alone, so one cache
 * does for all; but a task that comes back may find its store changed by others. Not thread-safe.
 */
final class EntryCache {
  private record Cached(Object value, int bytes) {}

  private final Map<Bytes, Cached> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final long mostBytes;
  private long bytes;

  /**
   * @param mostBytes of encoded entries; in memory they are about three times as large
   */
  EntryCache(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Null when it is not known here; the store may have it. */
  @Nullable Object get(Bytes key) {
    Cached cached = entries.get(key);
    return cached == null ? null : cached.value();
  }

  /**
   * The store has this.
   *
   * @param encodedBytes what it takes there
   */
  void put(Bytes key, Object value, int encodedBytes) {
    remove(key);
    entries.put(key, new Cached(value, encodedBytes));
    bytes += encodedBytes;
    Iterator<Cached> eldest = entries.values().iterator();
    while (bytes > mostBytes && eldest.hasNext()) {
      bytes -= eldest.next().bytes();
      eldest.remove();
    }
  }

  /** The store no longer has it. */
  void remove(Bytes key) {
    Cached before = entries.remove(key);
    if (before != null) {
      bytes -= before.bytes();
    }
  }

  /** A store is not what it was. */
  void clear() {
    entries.clear();
    bytes = 0;
  }
}
