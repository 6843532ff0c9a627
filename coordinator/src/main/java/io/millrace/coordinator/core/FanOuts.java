package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.FanOut;
import io.millrace.coordinator.core.RunStore.Found;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Knows that something in a fan-out began or ended, and nobody else does: executions, parked
 * events, unanswered prompts and nested fan-outs count in the innermost fan-out around them until
 * they end. One in which nothing is left closes at the end of the transition and not before (law
 * 17): what one effect ends, the next may begin anew.
 */
final class FanOuts {
  private final LiveRun run;
  private final Set<String> quiet = new LinkedHashSet<>();

  FanOuts(LiveRun run) {
    this.run = run;
  }

  /** A fan-out in which nothing has begun yet. */
  void open(String id, String step, Lineage parent) {
    began(parent, 1);
    put(id, new FanOut(step, parent, 0, 0, false, Map.of(), List.of()));
    run.fanOuts++;
    quiet.add(id);
  }

  void began(Lineage lineage, int count) {
    if (!lineage.fanOut().isEmpty()) {
      FanOut f = going(lineage.fanOut());
      put(
          lineage.fanOut(),
          new FanOut(
              f.step(), f.parent(), f.open() + count, f.held(), false, f.arrived(), f.fired()));
    }
  }

  void ended(Lineage lineage) {
    if (!lineage.fanOut().isEmpty()) {
      began(lineage, -1);
      if (going(lineage.fanOut()).open() == 0) {
        quiet.add(lineage.fanOut());
      }
    }
  }

  /**
   * An event waits in a buffer, or does so no more. That keeps no fan-out open; but one that is
   * nested stays known until then, so that a set which the event becomes part of finds its place.
   */
  void held(Lineage lineage, int by) {
    FanOut f = lineage.fanOut().isEmpty() ? null : get(lineage.fanOut());
    if (f == null) {
      return;
    }
    if (f.closed() && f.held() + by == 0) {
      run.store.remove(Keys.fanOut(lineage.fanOut()));
      held(f.parent(), -1);
    } else {
      put(
          lineage.fanOut(),
          new FanOut(
              f.step(), f.parent(), f.open(), f.held() + by, f.closed(), f.arrived(), f.fired()));
    }
  }

  /** One more has arrived for that join; how many there are now. */
  int arrived(String id, String join) {
    FanOut f = going(id);
    Map<String, Integer> arrived = new TreeMap<>(f.arrived());
    int now = arrived.merge(join, 1, Integer::sum);
    put(id, new FanOut(f.step(), f.parent(), f.open(), f.held(), false, arrived, f.fired()));
    return now;
  }

  /** That join has had its set. */
  void fired(String id, String join) {
    FanOut f = going(id);
    Map<String, Integer> arrived = new TreeMap<>(f.arrived());
    arrived.remove(join);
    List<String> fired = new ArrayList<>(f.fired());
    fired.add(join);
    put(id, new FanOut(f.step(), f.parent(), f.open(), f.held(), false, arrived, fired));
  }

  /** A fan-out in which nothing is left, each once; null: there is none (any more). */
  @Nullable String nextEnded() {
    for (Iterator<String> ids = quiet.iterator(); ids.hasNext(); ids = quiet.iterator()) {
      String id = ids.next();
      ids.remove();
      if (going(id).open() == 0) {
        return id;
      }
    }
    return null;
  }

  /** A run that failed in the middle of a transition may not have come to its end (law 16). */
  void resume() {
    if (run.fanOuts > 0) {
      for (Found<FanOut> found : run.store.scan(FanOut.class, null, Integer.MAX_VALUE)) {
        if (!found.entry().closed() && found.entry().open() == 0) {
          quiet.add(found.key().name());
        }
      }
    }
  }

  void close(String id) {
    FanOut f = going(id);
    run.fanOuts--;
    if (f.held() > 0 && !f.parent().fanOut().isEmpty()) {
      put(id, new FanOut(f.step(), f.parent(), 0, f.held(), true, Map.of(), List.of()));
      held(f.parent(), 1);
    } else {
      run.store.remove(Keys.fanOut(id));
    }
    ended(f.parent());
  }

  /** The place of a set: in the lowest fan-out around all its members, where the first stands. */
  Lineage around(List<Lineage> members) {
    Lineage around = standing(members.get(0));
    for (Lineage member : members.subList(1, members.size())) {
      around =
          member.fanOut().equals(around.fanOut())
              ? around.first(member)
              : common(around, standing(member));
    }
    return around;
  }

  FanOut going(String id) {
    FanOut fanOut = get(id);
    if (fanOut == null || fanOut.closed()) {
      throw new IllegalStateException("fan-out " + id + " has closed with something left in it");
    }
    return fanOut;
  }

  /** Out of fan-outs that have closed since. One that is forgotten had nothing around it. */
  private Lineage standing(Lineage lineage) {
    Lineage at = lineage;
    while (!at.fanOut().isEmpty()) {
      FanOut f = get(at.fanOut());
      if (f != null && !f.closed()) {
        return at;
      }
      at = at.within(f == null ? Lineage.ROOT : f.parent());
    }
    return at;
  }

  private Lineage common(Lineage a, Lineage b) {
    Map<String, Lineage> aroundA = new TreeMap<>();
    Lineage at = a;
    for (; !at.fanOut().isEmpty(); at = at.within(going(at.fanOut()).parent())) {
      aroundA.put(at.fanOut(), at);
    }
    aroundA.put("", at);
    at = b;
    while (true) {
      Lineage other = aroundA.get(at.fanOut());
      if (other != null) {
        return other.first(at);
      }
      at = at.within(going(at.fanOut()).parent());
    }
  }

  private @Nullable FanOut get(String id) {
    return run.store.get(Keys.fanOut(id));
  }

  private void put(String id, FanOut fanOut) {
    run.store.put(Keys.fanOut(id), fanOut);
  }
}
