package io.millrace.coordinator.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one run from the outside. It forgets with the coordinator: what was learnt in a
 * transaction that is rolled back was never so.
 */
final class Ledger {
  private record Old(String key, @Nullable Object value) {}

  private final Map<String, Object> known = new HashMap<>();
  private final List<Old> undo = new ArrayList<>();

  /** False if it was known before. */
  boolean add(String fact) {
    return put(fact, Boolean.TRUE) == null;
  }

  boolean has(String fact) {
    return known.containsKey(fact);
  }

  @Nullable Object get(String key) {
    return known.get(key);
  }

  @Nullable Object put(String key, Object value) {
    Object old = known.put(key, value);
    undo.add(new Old(key, old));
    return old;
  }

  void commit() {
    undo.clear();
  }

  void rollback() {
    for (int i = undo.size() - 1; i >= 0; i--) {
      Old old = undo.get(i);
      if (old.value() == null) {
        known.remove(old.key());
      } else {
        known.put(old.key(), old.value());
      }
    }
    undo.clear();
  }
}
