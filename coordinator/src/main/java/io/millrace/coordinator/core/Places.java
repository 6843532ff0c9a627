package io.millrace.coordinator.core;

import io.millrace.coordinator.core.RunStore.Found;
import java.util.List;

/**
 * The places that a step has within one run: {@code maxOpenPerRun} of them, the rest waits first-in
 * first-out, so that one wide run cannot starve the others (S7).
 */
final class Places {
  private static final RunState.Load NONE = new RunState.Load(0, 0);

  private static final int PORTIONS = 16;

  private final LiveRun run;

  Places(LiveRun run) {
    this.run = run;
  }

  /** Takes a place, or joins the end of the line. Nobody overtakes. */
  boolean takeOrQueue(String step, String executionId) {
    RunState.Load load = load(step);
    if (load.queued() == 0 && load.held() < most(step)) {
      store(step, load.held() + 1, load.queued());
      return true;
    }
    store(step, load.held(), load.queued() + 1);
    run.store.put(Keys.place(Keys.queueLine(step), run.next()), new Entry.InLine(executionId));
    return false;
  }

  void release(String step) {
    RunState.Load load = load(step);
    store(step, load.held() - 1, load.queued());
  }

  /**
   * The executions whose turn has come, oldest first, with their places taken. Places that become
   * free are given out a sixteenth of all at a time: what leaves together shares its requests on
   * the way to the workers and back, and requests are most of what a wide run costs.
   */
  List<String> takeNext(String step) {
    RunState.Load load = load(step);
    int free = most(step) - load.held();
    int portion = Math.max(1, most(step) / PORTIONS);
    if (load.queued() == 0 || free < Math.min(load.queued(), portion)) {
      return List.of();
    }
    int count = Math.min(load.queued(), free);
    List<Found<Entry.InLine>> first =
        run.store.scan(Entry.InLine.class, Keys.queueLine(step), count);
    if (first.size() < count) {
      throw new IllegalStateException(
          "step "
              + step
              + " counts "
              + load.queued()
              + " queued executions, its line has "
              + first.size());
    }
    first.forEach(found -> run.store.remove(found.key()));
    store(step, load.held() + count, load.queued() - count);
    return first.stream().map(found -> found.entry().id()).toList();
  }

  private int most(String step) {
    return Math.max(1, run.spec(step).maxOpenPerRun());
  }

  private RunState.Load load(String step) {
    return run.loads.getOrDefault(step, NONE);
  }

  private void store(String step, int held, int queued) {
    if (held == 0 && queued == 0) {
      run.loads.remove(step);
    } else {
      run.loads.put(step, new RunState.Load(held, queued));
    }
  }
}
