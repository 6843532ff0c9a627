package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.Entry.Phase;
import io.millrace.coordinator.core.EntryKey;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.RunStore.Found;

/** No timer without an owner, and nobody who waits for one without it. */
final class TimerLaw implements Law {
  @Override
  public void check(Step step) {
    if (step.after() instanceof RunState.Running running) {
      for (Found<Entry.Timer> timer : step.all(Entry.Timer.class)) {
        step.require(owned(step, running, timer), "a timer has no owner", timer);
      }
      for (Changes.Change<OpenExecution> change : step.changes().of(OpenExecution.class)) {
        OpenExecution now = change.after();
        step.require(
            now == null || now.phase() != Phase.RETRYING || isSet(step, "retry/" + now.id()),
            "a retry without a timer");
      }
      step.require(running.graceDue() == null || isSet(step, "grace"), "no grace timer");
      boolean ticking = running.settings().timeout() != null && running.timeoutLeft() == null;
      step.require(!ticking || isSet(step, "run-timeout"), "no run timeout");
    } else if (step.after() instanceof RunState.Finished) {
      step.require(isSet(step, "purge"), "nobody will purge the run");
      for (Found<Entry.Timer> timer : step.all(Entry.Timer.class)) {
        String id = timer.key().name();
        step.require(id.equals("purge") || id.equals("expire-stream"), "a timer after the end", id);
      }
    }
  }

  private static boolean owned(Step step, RunState.Running running, Found<Entry.Timer> timer) {
    String id = timer.key().name();
    if (id.startsWith("retry/")) {
      OpenExecution owner =
          step.store().get(EntryKey.of(OpenExecution.class, id.substring("retry/".length())));
      return owner != null && owner.phase() == Phase.RETRYING;
    } else if (id.startsWith("wait/")) {
      return step.store().get(EntryKey.of(Entry.Waiter.class, id.substring("wait/".length())))
          != null;
    } else if (id.equals("grace")) {
      return timer.entry().due().equals(running.graceDue());
    }
    return id.equals("run-timeout")
        && running.settings().timeout() != null
        && running.timeoutLeft() == null;
  }

  private static boolean isSet(Step step, String id) {
    return step.store().get(EntryKey.of(Entry.Timer.class, id)) != null;
  }
}
