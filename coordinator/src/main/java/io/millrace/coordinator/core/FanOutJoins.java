package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.Arrived;
import io.millrace.coordinator.core.Entry.FanOut;
import io.millrace.coordinator.core.RunStore.Found;
import io.millrace.coordinator.core.StepSpec.Join;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Joins over a fan-out (C7). What is emitted in a fan-out and accepted by a join waits for the
 * fan-out's end; then each of its joins is opened once, around it, with what came, in emission
 * order. A join that takes only so many is opened as soon as it has them.
 */
final class FanOutJoins {
  private final LiveRun run;
  private final FanOuts fanOuts;
  private final Dispatching dispatching;

  FanOutJoins(LiveRun run, FanOuts fanOuts, Dispatching dispatching) {
    this.run = run;
    this.fanOuts = fanOuts;
    this.dispatching = dispatching;
  }

  /** An event joins its innermost fan-out. False: there is none around it. */
  boolean arrive(StepSpec join, Event event, Lineage lineage) {
    String id = lineage.fanOut();
    if (id.isEmpty()) {
      return false;
    }
    if (fanOuts.going(id).fired().contains(join.step())) {
      return true;
    }
    String line = Keys.arrivals(id, join.step());
    run.store.put(Keys.arrived(line, run.next()), new Arrived(event, lineage));
    int arrived = fanOuts.arrived(id, join.step());
    int enough = take(join);
    if (enough > 0 && arrived >= enough) {
      fire(id, join.step(), joinsOf(fanOuts.going(id)));
      fanOuts.fired(id, join.step());
    }
    return true;
  }

  /**
   * The end of a transition: closes the fan-outs in which nothing is left. A join opens before its
   * fan-out counts as ended, so what is around it never looks empty in between.
   */
  void settle() {
    for (String id = fanOuts.nextEnded(); id != null; id = fanOuts.nextEnded()) {
      FanOut ended = fanOuts.going(id);
      List<String> joins = joinsOf(ended);
      for (String join : joins) {
        if (!ended.fired().contains(join)) {
          fire(id, join, joins);
        }
      }
      fanOuts.close(id);
    }
  }

  /** Those that something has arrived for, and those that the graph says are to come; sorted. */
  private List<String> joinsOf(FanOut fanOut) {
    Set<String> joins =
        new TreeSet<>(run.turn.graph().fanOutJoins(run.settings.workflow(), fanOut.step()));
    joins.addAll(fanOut.arrived().keySet());
    joins.addAll(fanOut.fired());
    return List.copyOf(joins);
  }

  private void fire(String id, String join, List<String> joins) {
    FanOut fanOut = fanOuts.going(id);
    StepSpec spec = run.spec(join);
    List<Arrived> set = new ArrayList<>();
    int enough = take(spec);
    if (fanOut.arrived().containsKey(join)) {
      String line = Keys.arrivals(id, join);
      for (Found<Arrived> found : run.store.scan(Arrived.class, line, Integer.MAX_VALUE)) {
        run.store.remove(found.key());
        if (enough == 0 || set.size() < enough) {
          set.add(found.entry());
        }
      }
    }
    // Stable: where paths are equal, arrival decides.
    set.sort(Comparator.comparing(arrived -> arrived.lineage().path()));
    List<Event> events = set.stream().map(Arrived::event).toList();
    String cause = Ids.joinedCause(id, join);
    Event untraced = new Event(cause, type(spec, events), EventKind.EVENT, Bytes.EMPTY, null);
    Event stand = events.isEmpty() ? untraced : untraced.tracedAs(events.get(0));
    Lineage lineage = fanOut.parent().child(joins.indexOf(join), joins.size());
    for (Arrived arrived : set) {
      lineage = lineage.recoveredLike(arrived.lineage());
    }
    dispatching.openJoined(stand, cause, spec, lineage, events);
  }

  /** The topic on which a join is told; the events themselves travel beside. */
  private static String type(StepSpec spec, List<Event> events) {
    return spec.accepts().isEmpty()
        ? events.get(0).type()
        : spec.accepts().keySet().stream().sorted().findFirst().orElseThrow();
  }

  private static int take(StepSpec spec) {
    return spec.join() instanceof Join.OverFanOut over ? over.take() : 0;
  }
}
