package io.millrace.coordinator.core;

import io.millrace.coordinator.core.RunStore.Found;
import java.util.ArrayList;
import java.util.List;

/** Events that nothing took (S6): for whoever inspects the run, and on its stream. */
final class Unhandled {
  /** Of those that a run ends with, so many are told one by one. */
  private static final int MOST = 20;

  private final LiveRun run;
  private final Facts facts;

  Unhandled(LiveRun run, Facts facts) {
    this.run = run;
    this.facts = facts;
  }

  void report(Event event, String why) {
    String message = "event " + event.type() + " (" + event.id() + ") is unhandled: " + why;
    run.note(message);
    facts.notable(RunEffect.InternalKind.UNHANDLED_EVENT, "", "", 0, message);
  }

  /** The run ends with events that nothing has taken yet. */
  void reportRest() {
    if (!run.admitted) {
      return;
    }
    List<Event> rest = new ArrayList<>();
    Parking.byArrival(run).stream().limit(MOST).forEach(found -> rest.add(found.entry().event()));
    if (run.early > 0) {
      for (Found<Entry.EarlyEvent> found : run.store.scan(Entry.EarlyEvent.class, null, MOST)) {
        rest.add(found.entry().event());
      }
    }
    rest.stream().limit(MOST).forEach(event -> report(event, "the run ended before it was taken"));
    int more = run.parked + run.early - Math.min(MOST, rest.size());
    if (more > 0) {
      run.note(more + " more events are unhandled: the run ended before they were taken");
    }
  }
}
