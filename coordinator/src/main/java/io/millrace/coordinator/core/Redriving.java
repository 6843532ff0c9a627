package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.Entry.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A failed run goes on where it stood, in a new epoch (law 16). What had failed begins its attempts
 * anew (E5); what was out when the run failed is sent out again, with a token that no older worker
 * has; who waits goes on waiting, from now.
 */
final class Redriving {
  private final LiveRun run;
  private final Dispatching dispatching;

  Redriving(LiveRun run, Dispatching dispatching) {
    this.run = run;
    this.dispatching = dispatching;
  }

  /**
   * @param failed executions that get a fresh attempt budget
   * @return how many executions were sent out again
   */
  int redrive(Set<String> failed) {
    run.note("redriven, this is epoch " + run.epoch);
    run.dropTimer(Ending.PURGE);
    run.dropTimer(Ending.EXPIRE_STREAM);
    RunTimeout.begin(run);
    int sent = 0;
    for (OpenExecution execution : Leftovers.executions(run)) {
      if (execution.phase() == Phase.RETRYING) {
        dispatching.dispatch(
            failed.contains(execution.id())
                ? Phases.redriven(execution, run.now())
                : Phases.reinvoked(execution, run.now()));
        sent++;
      } else if (execution.phase() == Phase.SUSPENDED) {
        restartTimeout(execution);
      }
    }
    // A step may have been given more places meanwhile.
    List.copyOf(run.loads.keySet()).forEach(dispatching::drain);
    return sent;
  }

  private void restartTimeout(OpenExecution execution) {
    Entry.Waiter waiter = run.store.get(Keys.waiter(execution.id()));
    Duration timeout = waiter == null ? null : waiter.timeout();
    if (timeout != null) {
      run.setTimer(Waiting.WAIT + execution.id(), timeout);
    }
  }
}
