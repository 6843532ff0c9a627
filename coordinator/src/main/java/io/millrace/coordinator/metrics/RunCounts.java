package io.millrace.coordinator.metrics;

import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.Standing;
import java.util.HashMap;
import java.util.Map;

/** Open runs of one task by workflow, followed head by head. Not thread-safe. */
final class RunCounts {
  /**
   * @param waiting those of {@code open} in which nothing is under way
   */
  record Open(int open, int waiting) {
    static final Open NONE = new Open(0, 0);
  }

  private final Map<String, Open> byWorkflow = new HashMap<>();

  void add(RunState.Running head) {
    change(head, 1);
  }

  void changed(RunState before, RunState now) {
    if (before instanceof RunState.Running was
        && now instanceof RunState.Running is
        && Standing.of(was) == Standing.of(is)) {
      return;
    }
    if (before instanceof RunState.Running running) {
      change(running, -1);
    }
    if (now instanceof RunState.Running running) {
      change(running, 1);
    }
  }

  private void change(RunState.Running head, int by) {
    int waiting = Standing.of(head) == Standing.ACTIVE ? 0 : by;
    byWorkflow.merge(
        head.settings().workflow(),
        new Open(by, waiting),
        (a, b) -> new Open(a.open() + b.open(), a.waiting() + b.waiting()));
  }

  /** As they are now; does not change any more. */
  Map<String, Open> now() {
    return Map.copyOf(byWorkflow);
  }
}
