package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.EntryKey;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.RunStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers what one input changed, so that it can be judged, or taken back. */
final class Journal implements RunStore {
  private final RunStore store;
  private final Map<EntryKey<?>, @Nullable Entry> before = new LinkedHashMap<>();
  private RunState stateBefore;

  Journal(RunStore store) {
    this.store = store;
    this.stateBefore = store.state();
  }

  void begin() {
    before.clear();
    stateBefore = store.state();
  }

  void undo() {
    before.forEach(this::restore);
    store.state(stateBefore);
    begin();
  }

  private <E extends Entry> void restore(EntryKey<E> key, @Nullable Entry old) {
    if (old == null) {
      store.remove(key);
    } else {
      store.put(key, key.kind().cast(old));
    }
  }

  /** What was there before the input, null for nothing, by the key of each entry written to. */
  Map<EntryKey<?>, @Nullable Entry> before() {
    return before;
  }

  @Override
  public String runId() {
    return store.runId();
  }

  @Override
  public RunState state() {
    return store.state();
  }

  @Override
  public void state(RunState next) {
    store.state(next);
  }

  @Override
  public <E extends Entry> @Nullable E get(EntryKey<E> key) {
    return store.get(key);
  }

  @Override
  public <E extends Entry> void put(EntryKey<E> key, E entry) {
    remember(key);
    store.put(key, entry);
  }

  @Override
  public void remove(EntryKey<?> key) {
    remember(key);
    store.remove(key);
  }

  @Override
  public <E extends Entry> List<Found<E>> scan(Class<E> kind, @Nullable String name, int limit) {
    return store.scan(kind, name, limit);
  }

  private void remember(EntryKey<?> key) {
    if (!before.containsKey(key)) {
      before.put(key, store.get(key));
    }
  }
}
