package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.RunStore.Found;
import java.util.List;

/**
 * Removes what a run leaves behind. The only place whose cost grows with the run's width. The
 * head's counters tell which kinds there can be, so that a small run costs a few look-ups and not a
 * scan for each kind.
 */
final class Leftovers {
  private Leftovers() {}

  static List<OpenExecution> executions(LiveRun run) {
    return run.open == 0
        ? List.of()
        : run.store.scan(OpenExecution.class, null, Integer.MAX_VALUE).stream()
            .map(Found::entry)
            .toList();
  }

  /** Everything but the notes, which stay for whoever inspects the finished run. */
  static void remove(LiveRun run) {
    removeIf(
        run.open,
        run,
        OpenExecution.class,
        Entry.SentState.class,
        Entry.ReservedSets.class,
        Entry.Answers.class,
        Entry.Joined.class,
        Entry.Caught.class);
    removeIf(run.fanOuts + run.buffered, run, Entry.FanOut.class);
    removeIf(run.fanOuts, run, Entry.Arrived.class);
    removeIf(run.early, run, Entry.EarlyEvent.class);
    // Steps that wait are nearly always registered; what is left otherwise goes with the purge.
    int waitedFor = run.turn.graph().waitedFor(run.settings.workflow()).size();
    removeIf(waitedFor, run, Entry.ResolvedType.class);
    removeIf(run.chunks, run, Entry.StoredChunk.class);
    removeIf(run.open + run.prompts, run, Entry.InLine.class);
    removeIf(run.suspended, run, Entry.Waiter.class);
    removeIf(run.prompts, run, Entry.OpenPrompt.class);
    removeIf(run.parked, run, Entry.ParkedEvent.class);
    removeIf(run.buffered, run, Entry.BufferHead.class, Entry.BufferedEvent.class);
    removeIf(run.seen, run, Entry.SeenEvent.class);
    removeIf(run.stateBytes, run, Entry.StateCell.class);
    boolean clock = run.graceDue != null || run.settings.timeout() != null;
    removeIf(clock ? 1 : run.open, run, Entry.Timer.class);
  }

  /** What is of no use once nothing is out any more. */
  static void removeVoid(LiveRun run) {
    removeAll(run.store, Entry.Timer.class);
    removeAll(run.store, Entry.SentState.class);
    removeAll(run.store, Entry.StoredChunk.class);
  }

  /** Everything: what {@link #remove} left, what came after it, and what was frozen (R9). */
  static void purge(RunStore store) {
    for (Class<?> kind : Entry.class.getPermittedSubclasses()) {
      removeAll(store, kind.asSubclass(Entry.class));
    }
  }

  /** All of these kinds, unless there can be none. */
  @SafeVarargs
  private static void removeIf(long count, LiveRun run, Class<? extends Entry>... kinds) {
    if (count > 0) {
      for (Class<? extends Entry> kind : kinds) {
        removeAll(run.store, kind);
      }
    }
  }

  private static <E extends Entry> void removeAll(RunStore store, Class<E> kind) {
    for (Found<E> found : store.scan(kind, null, Integer.MAX_VALUE)) {
      store.remove(found.key());
    }
  }
}
