package io.millrace.coordinator.core;

import io.millrace.coordinator.core.RunStore.Found;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The places that a step has within one run: {@code maxOpenPerRun} of them, the rest waits first-in
 * first-out, so that one wide run cannot starve the others (S7).
 */
final class Places {
  private static final RunState.Load NONE = new RunState.Load(0, 0);

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

  /** The execution whose turn has come, with its place taken; null: none, or no place is free. */
  @Nullable String takeNext(String step) {
    RunState.Load load = load(step);
    if (load.queued() == 0 || load.held() >= most(step)) {
      return null;
    }
    List<Found<Entry.InLine>> first = run.store.scan(Entry.InLine.class, Keys.queueLine(step), 1);
    if (first.isEmpty()) {
      throw new IllegalStateException(
          "step " + step + " counts " + load.queued() + " queued executions, its line is empty");
    }
    run.store.remove(first.get(0).key());
    store(step, load.held() + 1, load.queued() - 1);
    return first.get(0).entry().id();
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
