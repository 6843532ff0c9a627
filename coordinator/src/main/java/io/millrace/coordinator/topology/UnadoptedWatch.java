package io.millrace.coordinator.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Executions that were dispatched a while ago and that nobody has adopted or ended, as the tasks
 * last saw them. The tasks write, {@link UnadoptedCheck} reads. Thread-safe.
 */
public final class UnadoptedWatch {
  private final Map<String, List<OpenWork>> byTask = new ConcurrentHashMap<>();

  void watch(String task, List<OpenWork> work) {
    if (work.isEmpty()) {
      byTask.remove(task);
    } else {
      byTask.put(task, work);
    }
  }

  void forget(String task) {
    byTask.remove(task);
  }

  List<OpenWork> work() {
    List<OpenWork> all = new ArrayList<>();
    byTask.values().forEach(all::addAll);
    return all;
  }
}
