package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.RunStore.Found;
import java.util.List;

/**
 * The run's one update queue (law 15). Whoever lost the race of an update waits in line; only the
 * head is invoked again, alone and with fresh state, so that losers no longer race each other: k
 * updates at once cost k wins and less than k re-invocations. A first-timer may still overtake the
 * head, which then stays head: somebody has made progress, and there are only so many first-timers.
 * The head gives its turn away when its invocation is over, whatever the end.
 */
final class UpdateQueue {
  private final LiveRun run;
  private final Dispatching dispatching;

  UpdateQueue(LiveRun run, Dispatching dispatching) {
    this.run = run;
    this.dispatching = dispatching;
  }

  /** The completion of this execution was dropped whole, because an update of it came too late. */
  void lost(OpenExecution execution) {
    String id = execution.id();
    if (id.equals(run.updating) || (run.updating == null && run.contending == 0)) {
      run.updating = id;
      dispatching.reinvoke(execution);
      return;
    }
    dispatching.dropRetryTimer(execution);
    run.put(Phases.contending(execution, run.now()));
    run.store.put(Keys.place(Keys.UPDATE_LINE, run.next()), new Entry.InLine(id));
    run.contending++;
  }

  /** Its invocation is over: whoever is next goes once all that it did has been applied. */
  static void leave(LiveRun run, OpenExecution execution) {
    if (execution.id().equals(run.updating)) {
      run.updating = null;
    }
  }

  /** At the end of a transition: gives the turn to the next one if it is free. */
  void advance() {
    if (run.updating != null || run.contending == 0) {
      return;
    }
    List<Found<Entry.InLine>> first = run.store.scan(Entry.InLine.class, Keys.UPDATE_LINE, 1);
    OpenExecution next = first.isEmpty() ? null : run.execution(first.get(0).entry().id());
    if (next == null || next.phase() != Entry.Phase.CONTENDING) {
      throw new IllegalStateException(
          "the update queue counts " + run.contending + ", first is " + next);
    }
    run.store.remove(first.get(0).key());
    run.contending--;
    run.updating = next.id();
    dispatching.reinvoke(next);
  }
}
