package io.millrace.coordinator.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run's context in memory, for tests, simulation and workflows within one process. Writes are
 * seen at once and become lasting with {@link #commit}; {@link #rollback} undoes those since. Not
 * thread-safe.
 */
public final class MemoryRunStore implements RunStore {
  private record Place(String name, long seq) {}

  /** As bytes in UTF-8 compare, so that order is the same in every store. */
  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::name, MemoryRunStore::compareCodePoints)
          .thenComparingLong(Place::seq);

  private final String runId;
  private final Map<Class<?>, TreeMap<Place, Entry>> entries = new LinkedHashMap<>();
  private final Map<EntryKey<?>, @Nullable Entry> undo = new LinkedHashMap<>();
  private RunState state = new RunState.Absent();
  private RunState lastingState = state;

  public MemoryRunStore(String runId) {
    this.runId = runId;
  }

  @Override
  public String runId() {
    return runId;
  }

  @Override
  public RunState state() {
    return state;
  }

  @Override
  public void state(RunState next) {
    state = next;
  }

  @Override
  public <E extends Entry> @Nullable E get(EntryKey<E> key) {
    return key.kind().cast(of(key.kind()).get(place(key)));
  }

  @Override
  public <E extends Entry> void put(EntryKey<E> key, E entry) {
    remember(key, of(key.kind()).put(place(key), entry));
  }

  @Override
  public void remove(EntryKey<?> key) {
    remember(key, of(key.kind()).remove(place(key)));
  }

  @Override
  public <E extends Entry> List<Found<E>> scan(Class<E> kind, @Nullable String name, int limit) {
    TreeMap<Place, Entry> all = of(kind);
    Map<Place, Entry> range =
        name == null
            ? all
            : all.subMap(new Place(name, 0), true, new Place(name, Long.MAX_VALUE), true);
    List<Found<E>> found = new ArrayList<>();
    for (Map.Entry<Place, Entry> entry : range.entrySet()) {
      if (found.size() >= limit) {
        break;
      }
      Place place = entry.getKey();
      EntryKey<E> key = new EntryKey<>(kind, place.name(), place.seq());
      found.add(new Found<>(key, kind.cast(entry.getValue())));
    }
    return found;
  }

  /** Makes the writes since the last commit lasting. */
  public void commit() {
    undo.clear();
    lastingState = state;
  }

  /** Drops the writes since the last commit. */
  public void rollback() {
    undo.forEach(
        (key, old) -> {
          if (old == null) {
            of(key.kind()).remove(place(key));
          } else {
            of(key.kind()).put(place(key), old);
          }
        });
    undo.clear();
    state = lastingState;
  }

  /** How many entries there are, the head not counted. */
  public int size() {
    return entries.values().stream().mapToInt(Map::size).sum();
  }

  private void remember(EntryKey<?> key, @Nullable Entry old) {
    if (!undo.containsKey(key)) {
      undo.put(key, old);
    }
  }

  private TreeMap<Place, Entry> of(Class<?> kind) {
    return entries.computeIfAbsent(kind, k -> new TreeMap<>(ORDER));
  }

  private static Place place(EntryKey<?> key) {
    return new Place(key.name(), key.seq());
  }

  private static int compareCodePoints(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean onePair = Character.isSurrogate(x) != Character.isSurrogate(y);
        return onePair ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
