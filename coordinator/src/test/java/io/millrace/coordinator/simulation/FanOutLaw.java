package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.Entry.Arrived;
import io.millrace.coordinator.core.Entry.FanOut;
import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.Event;
import io.millrace.coordinator.core.Lineage;
import io.millrace.coordinator.core.StepSpec;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * A fan-out closes when nothing is left in it and not before; each of its joins then has had one
 * set (C7), and every event that waited for it is in that set, unless enough had come before.
 */
final class FanOutLaw implements Law {
  @Override
  public void check(Step step) {
    if (!step.goesOn()) {
      return;
    }
    Set<String> joined = new HashSet<>();
    Set<String> opened = new TreeSet<>();
    for (OpenExecution join : step.changes().opened()) {
      Entry.Joined set = step.joinedBy(join);
      StepSpec spec = step.spec(join.step());
      if (set != null && spec != null && spec.join() instanceof StepSpec.Join.OverFanOut over) {
        opened.add(join.step());
        step.require(
            over.take() == 0 || set.events().size() <= over.take(), "took more than asked", set);
        for (Event event : set.events()) {
          String once = step.life() + " " + event.id() + " by " + join.step();
          step.require(step.ledger().add("joined " + once), "joined twice", once);
          joined.add(event.id() + " by " + join.step());
        }
      }
    }
    for (Changes.Change<Arrived> change : step.changes().of(Arrived.class)) {
      Arrived gone = change.after() == null ? change.before() : null;
      String line = change.key().name();
      step.require(
          gone == null
              || joined.contains(
                  gone.event().id() + " by " + line.substring(line.indexOf('/') + 1)),
          "what waited for the end of its fan-out is not in the join's set",
          change);
    }
    for (Changes.Change<FanOut> change : step.changes().of(FanOut.class)) {
      FanOut before = change.before();
      if (before != null && closes(change)) {
        closed(step, change.key().name(), before, opened);
      }
    }
  }

  /** An execution that gets a set may leave the fan-out in which it stood (law 17). */
  static boolean anyCloses(Step step) {
    return step.changes().of(FanOut.class).stream().anyMatch(FanOutLaw::closes);
  }

  private static boolean closes(Changes.Change<FanOut> change) {
    FanOut before = change.before();
    FanOut after = change.after();
    return before != null && !before.closed() && (after == null || after.closed());
  }

  private static void closed(Step step, String id, FanOut fanOut, Set<String> opened) {
    for (String join : fanOut.arrived().keySet()) {
      step.require(
          fanOut.fired().contains(join) || opened.contains(join), "a join did not fire", join, id);
    }
    for (var open : step.all(OpenExecution.class)) {
      empty(step, id, open.entry().lineage(), open);
    }
    for (var parked : step.all(Entry.ParkedEvent.class)) {
      empty(step, id, parked.entry().lineage(), parked);
    }
    for (var prompt : step.all(Entry.OpenPrompt.class)) {
      empty(step, id, prompt.entry().lineage(), prompt);
    }
  }

  private static void empty(Step step, String id, Lineage lineage, Object what) {
    step.require(!lineage.fanOut().equals(id), "a fan-out closed around something", id, what);
  }
}
