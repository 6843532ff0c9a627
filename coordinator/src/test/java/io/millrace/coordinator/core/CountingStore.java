package io.millrace.coordinator.core;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts entries read, written, removed and found, and tells which kinds were looked through. */
final class CountingStore implements RunStore {
  private final RunStore store;
  private final Set<Class<?>> scanned = new LinkedHashSet<>();
  private int touched;

  private CountingStore(RunStore store) {
    this.store = store;
  }

  /** How many entries this input touches; it is applied. */
  static int touchedBy(RunFixture run, RunInput input) {
    return apply(run, input).touched;
  }

  /** The kinds of entries that this input looks through; it is applied. */
  static Set<Class<?>> scannedBy(RunFixture run, RunInput input) {
    return apply(run, input).scanned;
  }

  private static CountingStore apply(RunFixture run, RunInput input) {
    CountingStore counting = new CountingStore(run.store);
    RunCore.apply(run.graph(), counting, input, new Arrival(1_000_000, run.now));
    run.store.commit();
    return counting;
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
    touched++;
    store.state(next);
  }

  @Override
  public <E extends Entry> @Nullable E get(EntryKey<E> key) {
    touched++;
    return store.get(key);
  }

  @Override
  public <E extends Entry> void put(EntryKey<E> key, E entry) {
    touched++;
    store.put(key, entry);
  }

  @Override
  public void remove(EntryKey<?> key) {
    touched++;
    store.remove(key);
  }

  @Override
  public <E extends Entry> List<Found<E>> scan(Class<E> kind, @Nullable String name, int limit) {
    List<Found<E>> found = store.scan(kind, name, limit);
    touched += 1 + found.size();
    scanned.add(kind);
    return found;
  }
}
