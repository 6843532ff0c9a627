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
    RunStore store = run.store;
    boolean any = run.open > 0;
    removeIf(any, store, OpenExecution.class);
    removeIf(any, store, Entry.SentState.class);
    removeIf(any, store, Entry.ReservedSets.class);
    removeIf(any, store, Entry.Answers.class);
    removeIf(any, store, Entry.Joined.class);
    removeIf(any, store, Entry.Caught.class);
    removeIf(run.fanOuts > 0 || run.buffered > 0, store, Entry.FanOut.class);
    removeIf(run.fanOuts > 0, store, Entry.Arrived.class);
    removeIf(run.early > 0, store, Entry.EarlyEvent.class);
    // Steps that wait are nearly always registered; what is left otherwise goes with the purge.
    boolean waits = !run.turn.graph().waitedFor(run.settings.workflow()).isEmpty();
    removeIf(waits, store, Entry.ResolvedType.class);
    removeIf(run.chunks > 0, store, Entry.StoredChunk.class);
    removeIf(any || run.prompts > 0, store, Entry.InLine.class);
    removeIf(run.suspended > 0, store, Entry.Waiter.class);
    removeIf(run.prompts > 0, store, Entry.OpenPrompt.class);
    removeIf(run.parked > 0, store, Entry.ParkedEvent.class);
    removeIf(run.buffered > 0, store, Entry.BufferHead.class);
    removeIf(run.buffered > 0, store, Entry.BufferedEvent.class);
    removeIf(run.seen > 0, store, Entry.SeenEvent.class);
    removeIf(run.stateBytes > 0, store, Entry.StateCell.class);
    boolean timed = run.graceDue != null || run.settings.timeout() != null;
    removeIf(any || timed, store, Entry.Timer.class);
  }

  /** What is of no use once nothing is out any more. */
  static void removeVoid(LiveRun run) {
    removeIf(true, run.store, Entry.Timer.class);
    removeIf(run.open > 0, run.store, Entry.SentState.class);
    removeIf(run.chunks > 0, run.store, Entry.StoredChunk.class);
  }

  /** Everything: what {@link #remove} left, what came after it, and what was frozen (R9). */
  static void purge(RunStore store) {
    for (Class<?> kind : Entry.class.getPermittedSubclasses()) {
      removeIf(true, store, kind.asSubclass(Entry.class));
    }
  }

  private static <E extends Entry> void removeIf(boolean possible, RunStore store, Class<E> kind) {
    if (possible) {
      for (Found<E> found : store.scan(kind, null, Integer.MAX_VALUE)) {
        store.remove(found.key());
      }
    }
  }
}
