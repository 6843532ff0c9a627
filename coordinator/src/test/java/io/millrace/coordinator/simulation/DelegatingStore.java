package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.EntryKey;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.RunStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store that a bug may stand in front of. */
class DelegatingStore implements RunStore {
  private final RunStore store;

  DelegatingStore(RunStore store) {
    this.store = store;
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
    store.put(key, entry);
  }

  @Override
  public void remove(EntryKey<?> key) {
    store.remove(key);
  }

  @Override
  public <E extends Entry> List<Found<E>> scan(Class<E> kind, @Nullable String name, int limit) {
    return store.scan(kind, name, limit);
  }
}
