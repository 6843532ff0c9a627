package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.EntryKey;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.RunStore;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a closed execution an open one again, with the head's books kept, as a buggy core would.
 */
final class Reopening {
  private Reopening() {}

  static void reopen(RunStore store, OpenExecution execution) {
    if (!(store.state() instanceof RunState.Running head)) {
      return;
    }
    Map<String, RunState.Load> loads = new TreeMap<>(head.loads());
    loads.merge(
        execution.step(),
        new RunState.Load(1, 0),
        (a, b) -> new RunState.Load(a.held() + b.held(), a.queued() + b.queued()));
    store.put(EntryKey.of(OpenExecution.class, execution.id()), execution);
    store.state(with(head, Map.of("open", head.open() + 1, "loads", loads)));
  }

  /** A copy in which some components are others; whatever else the record has stays. */
  private static RunState.Running with(RunState.Running head, Map<String, Object> changed) {
    RecordComponent[] parts = RunState.Running.class.getRecordComponents();
    try {
      Object[] values = new Object[parts.length];
      for (int i = 0; i < parts.length; i++) {
        Object value = changed.get(parts[i].getName());
        values[i] = value == null ? parts[i].getAccessor().invoke(head) : value;
      }
      Class<?>[] types =
          Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<RunState.Running> constructor =
          RunState.Running.class.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record cannot be copied", e);
    }
  }
}
