package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.EntryKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one input did to the entries of a run. */
final class Changes {
  /** Null: not there. The two differ. */
  record Change<E extends Entry>(EntryKey<E> key, @Nullable E before, @Nullable E after) {}

  private final List<Change<?>> all = new ArrayList<>();
  private final List<OpenExecution> opened = new ArrayList<>();
  private final List<OpenExecution> closed = new ArrayList<>();

  private Changes() {}

  static Changes of(Journal journal) {
    Changes changes = new Changes();
    journal.before().forEach((key, before) -> changes.add(journal, key, before));
    return changes;
  }

  private <E extends Entry> void add(Journal journal, EntryKey<E> key, @Nullable Entry old) {
    E before = old == null ? null : key.kind().cast(old);
    E after = journal.get(key);
    if (Objects.equals(before, after)) {
      return;
    }
    all.add(new Change<>(key, before, after));
    if (before == null && after instanceof OpenExecution execution) {
      opened.add(execution);
    } else if (after == null && before instanceof OpenExecution execution) {
      closed.add(execution);
    }
  }

  @SuppressWarnings("unchecked")
  <E extends Entry> List<Change<E>> of(Class<E> kind) {
    List<Change<E>> found = new ArrayList<>();
    for (Change<?> change : all) {
      if (change.key().kind() == kind) {
        found.add((Change<E>) change);
      }
    }
    return found;
  }

  List<OpenExecution> opened() {
    return opened;
  }

  List<OpenExecution> closed() {
    return closed;
  }

  boolean none() {
    return all.isEmpty();
  }
}
