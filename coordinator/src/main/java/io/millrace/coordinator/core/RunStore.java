package io.millrace.coordinator.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run's context as small entries, so that the cost of an input does not grow with the width of
 * the run (C8). Implementations buffer writes per input: the shell keeps them when the core returns
 * and drops them when it throws (law 18). Not thread-safe.
 */
public interface RunStore {
  String runId();

  /** Never null; {@link RunState.Absent} when nothing is stored. */
  RunState state();

  /** {@link RunState.Absent} removes. */
  void state(RunState next);

  <E extends Entry> @Nullable E get(EntryKey<E> key);

  <E extends Entry> void put(EntryKey<E> key, E entry);

  void remove(EntryKey<?> key);

  /**
   * Entries of a kind in the order of (name, seq), including writes of this input. A list of its
   * own: changes do not reach it.
   *
   * @param name exact; null: all names
   * @param limit at most so many
   */
  <E extends Entry> List<Found<E>> scan(Class<E> kind, @Nullable String name, int limit);

  record Found<E extends Entry>(EntryKey<E> key, E entry) {}
}
