package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.OpenExecution;

/**
 * What a failed run keeps until its retention is over: everything, so that a redrive can go on from
 * there (law 16). But nothing of it ticks, and nothing of it is out: what workers still say of it
 * is late, and nobody watches over it.
 */
final class Freezing {
  private Freezing() {}

  static RunState.Running freeze(LiveRun run) {
    for (OpenExecution execution : Leftovers.executions(run)) {
      if (Phases.holdsPlace(execution) && execution.phase() != Entry.Phase.CONTENDING) {
        run.put(Phases.frozen(execution, run.now()));
      }
    }
    Leftovers.removeVoid(run);
    run.chunks = 0;
    return run.head();
  }
}
