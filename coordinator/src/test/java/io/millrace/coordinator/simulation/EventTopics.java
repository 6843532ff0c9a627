package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.ErrorInfo;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Dispatches on their way to the workers. They leave at once and no rollback calls them back. */
final class EventTopics {
  private static final ErrorInfo UNREACHABLE = new ErrorInfo("Timeout", "no leader", "");

  private final World world;
  private final Map<String, List<Parcel>> byExecution = new HashMap<>();

  EventTopics(World world) {
    this.world = world;
  }

  /**
   * @param delay beyond the usual
   */
  void send(Task from, RunEffect.Dispatch dispatch, long delay) {
    Site site = world.site("topic " + from.partition());
    boolean failed = site.strikes(Fault.FAILED_DISPATCH);
    boolean there = !failed || site.oneIn("failed, yet there", 3);
    for (RunEffect.Target target : dispatch.targets()) {
      if (failed) {
        from.tell(
            dispatch.runId(),
            new RunInput.DispatchFailed(target.token(), dispatch.sequence(), UNREACHABLE));
      }
      if (there) {
        Parcel parcel =
            new Parcel(
                dispatch.runId(), dispatch.event(), target, dispatch.sequence(), dispatch.state());
        byExecution
            .computeIfAbsent(target.token().executionId(), id -> new ArrayList<>())
            .add(parcel);
        deliver(parcel, site, delay);
      }
    }
  }

  private void deliver(Parcel parcel, Site site, long delay) {
    long takes = 1 + delay;
    if (site.strikes(Fault.LATE_DISPATCH)) {
      takes += 1 + site.draw("late", 20_000);
    }
    if (site.strikes(Fault.VANISHED_RECORD)) {
      world.timeline.after(takes, parcel::consume);
      return;
    }
    world.timeline.after(takes, () -> world.workers.take(parcel));
    if (site.strikes(Fault.REDELIVERY)) {
      world.timeline.after(takes + 1 + site.draw("again", 2_000), () -> world.workers.take(parcel));
    }
  }

  /** Whether nobody is going to take this dispatch any more (law 4). */
  boolean consumed(OpenExecution execution) {
    return byExecution.getOrDefault(execution.id(), List.of()).stream()
        .filter(parcel -> parcel.sequence == execution.sequence())
        .allMatch(Parcel::consumed);
  }
}
