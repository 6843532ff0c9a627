package io.millrace.coordinator.topology;

import io.millrace.coordinator.codec.EntryCodec;
import io.millrace.coordinator.codec.StateCodec;
import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.EntryKey;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.RunStore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * One run's view of the task's store for the length of one input. Writes stay here until {@link
 * #commit}; dropping the object drops them. Not thread-safe.
 */
final class StreamsRunStore implements RunStore {
  /** What a commit changed, for the indexes that follow the entries. */
  interface Listener {
    void executionChanged(
        String runId, String workflow, String executionId, Entry.@Nullable OpenExecution now);

    void timerChanged(
        String runId, String timerId, Entry.@Nullable Timer before, Entry.@Nullable Timer now);

    void headChanged(RunState before, RunState now);
  }

  private record Write(EntryKey<?> key, @Nullable Entry entry) {}

  /** A write as the store takes it, and what it says. */
  private record Prepared(Bytes key, byte @Nullable [] value, @Nullable Object decoded) {}

  /** The changelog takes no larger record; one that it refuses ends the task, time and again. */
  static final int MOST_BYTES = ShellClients.MAX_REQUEST_BYTES - 4 * 1024;

  private final KeyValueStore<Bytes, byte[]> store;
  private final LineStarts starts;
  private final EntryCache cache;
  private final String runId;
  private final NavigableMap<Bytes, Write> writes = new TreeMap<>();
  private final List<Prepared> prepared = new ArrayList<>();
  private @Nullable RunState state;
  private RunState stateBefore = new RunState.Absent();
  private boolean stateChanged;

  /**
   * @param starts of the lines in this store; follows what is committed here
   * @param cache of this store; follows it too
   */
  StreamsRunStore(
      KeyValueStore<Bytes, byte[]> store, LineStarts starts, EntryCache cache, String runId) {
    this.store = store;
    this.starts = starts;
    this.cache = cache;
    this.runId = runId;
  }

  @Override
  public String runId() {
    return runId;
  }

  @Override
  public RunState state() {
    RunState known = state;
    if (known == null) {
      known = read(StoreKeys.head(runId), RunState.class, StateCodec::decode);
      known = known == null ? new RunState.Absent() : known;
      state = known;
    }
    return known;
  }

  @Override
  public void state(RunState next) {
    if (!stateChanged) {
      stateBefore = state();
    }
    state = next;
    stateChanged = true;
  }

  @Override
  public <E extends Entry> @Nullable E get(EntryKey<E> key) {
    Bytes at = StoreKeys.entry(runId, key);
    Write write = writes.get(at);
    if (write != null) {
      return write.entry() == null ? null : key.kind().cast(write.entry());
    }
    return read(at, key.kind(), EntryCodec.of(key.kind())::decode);
  }

  private <T> @Nullable T read(Bytes key, Class<T> type, Function<byte[], T> decoder) {
    Object cached = cache.get(key);
    if (cached != null) {
      return type.cast(cached);
    }
    byte[] bytes = store.get(key);
    if (bytes == null) {
      return null;
    }
    T decoded = decoder.apply(bytes);
    cache.put(key, decoded, bytes.length);
    return decoded;
  }

  @Override
  public <E extends Entry> void put(EntryKey<E> key, E entry) {
    writes.put(StoreKeys.entry(runId, key), new Write(key, entry));
  }

  @Override
  public void remove(EntryKey<?> key) {
    writes.put(StoreKeys.entry(runId, key), new Write(key, null));
  }

  @Override
  public <E extends Entry> List<Found<E>> scan(Class<E> kind, @Nullable String name, int limit) {
    EntryCodec<E> codec = EntryCodec.of(kind);
    StoreKeys.Range range =
        name == null
            ? StoreKeys.kind(runId, codec.tag())
            : StoreKeys.name(runId, codec.tag(), name);
    List<Found<E>> found = new ArrayList<>();
    Iterator<Map.Entry<Bytes, Write>> buffered =
        writes.subMap(range.from(), true, range.to(), true).entrySet().iterator();
    Bytes begin = name == null ? range.from() : starts.of(range.from());
    try (KeyValueIterator<Bytes, byte[]> stored = store.range(begin, range.to())) {
      Map.@Nullable Entry<Bytes, Write> mine = next(buffered);
      @Nullable KeyValue<Bytes, byte[]> theirs = nextStored(stored);
      if (name != null) {
        starts.begins(range.from(), theirs == null ? range.to() : theirs.key);
      }
      while (found.size() < limit && (mine != null || theirs != null)) {
        int order = mine == null ? 1 : theirs == null ? -1 : mine.getKey().compareTo(theirs.key);
        if (order > 0 && theirs != null) {
          StoreKeys.RunKey key = StoreKeys.run(theirs.key);
          found.add(
              new Found<>(new EntryKey<>(kind, key.name(), key.seq()), codec.decode(theirs.value)));
          theirs = nextStored(stored);
        } else if (mine != null) {
          Write write = mine.getValue();
          if (write.entry() != null) {
            found.add(
                new Found<>(
                    new EntryKey<>(kind, write.key().name(), write.key().seq()),
                    kind.cast(write.entry())));
          }
          theirs = order == 0 ? nextStored(stored) : theirs;
          mine = next(buffered);
        }
      }
    }
    return found;
  }

  /** Forgets all writes of this input. */
  void rollback() {
    writes.clear();
    prepared.clear();
    state = null;
    stateChanged = false;
  }

  /**
   * Encodes everything that {@link #commit} is to write, so that what cannot be encoded fails while
   * it can still be dropped.
   */
  void prepare() {
    prepared.clear();
    if (stateChanged) {
      RunState next = state();
      Bytes head = StoreKeys.head(runId);
      prepared.add(
          next instanceof RunState.Absent
              ? new Prepared(head, null, null)
              : new Prepared(head, StateCodec.encode(next), next));
    }
    writes.forEach(
        (key, write) -> {
          Entry entry = write.entry();
          prepared.add(new Prepared(key, entry == null ? null : encode(entry), entry));
        });
  }

  /** Writes what was prepared and tells {@code listener} what it needs to know. */
  void commit(StoreWrites to, Listener listener) {
    for (Map.Entry<Bytes, Write> at : writes.entrySet()) {
      EntryKey<?> key = at.getValue().key();
      Entry entry = at.getValue().entry();
      if (key.kind() == Entry.Timer.class) {
        Entry.Timer before =
            read(at.getKey(), Entry.Timer.class, EntryCodec.of(Entry.Timer.class)::decode);
        listener.timerChanged(runId, key.name(), before, (Entry.Timer) entry);
      } else if (key.kind() == Entry.OpenExecution.class) {
        listener.executionChanged(runId, workflow(), key.name(), (Entry.OpenExecution) entry);
      }
      if (entry != null) {
        starts.stored(StoreKeys.line(at.getKey()), at.getKey());
      }
    }
    if (stateChanged) {
      listener.headChanged(stateBefore, state());
    }
    for (Prepared write : prepared) {
      to.put(write.key(), write.value());
      if (write.value() == null || write.decoded() == null) {
        cache.remove(write.key());
      } else {
        cache.put(write.key(), write.decoded(), write.value().length);
      }
    }
    rollback();
  }

  private String workflow() {
    RunState now = state();
    if (now instanceof RunState.Running running) {
      return running.settings().workflow();
    }
    return now instanceof RunState.Finished finished ? finished.settings().workflow() : "";
  }

  @SuppressWarnings("unchecked")
  private static <E extends Entry> byte[] encode(E entry) {
    byte[] bytes = EntryCodec.of((Class<E>) entry.getClass()).encode(entry);
    if (bytes.length > MOST_BYTES) {
      throw new OversizedEntryException(entry.getClass().getSimpleName(), bytes.length, MOST_BYTES);
    }
    return bytes;
  }

  private static <T> @Nullable T next(Iterator<T> iterator) {
    return iterator.hasNext() ? iterator.next() : null;
  }

  private static @Nullable KeyValue<Bytes, byte[]> nextStored(
      KeyValueIterator<Bytes, byte[]> iterator) {
    return iterator.hasNext() ? iterator.next() : null;
  }
}
