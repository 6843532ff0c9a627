package io.millrace.coordinator.topology;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A store in memory that remembers what it was asked for. Not thread-safe. */
final class WatchedStore {
  final List<Bytes> begins = new ArrayList<>();
  int lookups;
  private final TreeMap<Bytes, byte[]> entries = new TreeMap<>();

  @SuppressWarnings("unchecked")
  KeyValueStore<Bytes, byte[]> store() {
    return (KeyValueStore<Bytes, byte[]>)
        Proxy.newProxyInstance(
            WatchedStore.class.getClassLoader(),
            new Class<?>[] {KeyValueStore.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "get" -> get((Bytes) arguments[0]);
                  case "put" -> put((Bytes) arguments[0], (byte[]) arguments[1]);
                  case "putAll" -> putAll((List<KeyValue<Bytes, byte[]>>) arguments[0]);
                  case "range" -> range((Bytes) arguments[0], (Bytes) arguments[1]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private byte @Nullable [] get(Bytes key) {
    lookups++;
    return entries.get(key);
  }

  private byte @Nullable [] put(Bytes key, byte @Nullable [] value) {
    return value == null ? entries.remove(key) : entries.put(key, value);
  }

  private @Nullable Object putAll(List<KeyValue<Bytes, byte[]>> all) {
    all.forEach(entry -> put(entry.key, entry.value));
    return null;
  }

  private KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    begins.add(from);
    Iterator<Map.Entry<Bytes, byte[]>> found =
        new TreeMap<>(entries.subMap(from, true, to, true)).entrySet().iterator();
    return new KeyValueIterator<>() {
      @Override
      public boolean hasNext() {
        return found.hasNext();
      }

      @Override
      public KeyValue<Bytes, byte[]> next() {
        Map.Entry<Bytes, byte[]> next = found.next();
        return KeyValue.pair(next.getKey(), next.getValue());
      }

      @Override
      public Bytes peekNextKey() {
        throw new UnsupportedOperationException();
      }

      @Override
      public void close() {}
    };
  }
}
