package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.Event;
import io.millrace.coordinator.core.StepSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A join gets its events in emission order (C7): by member of the list, then by what each step on
 * the way there emitted, whatever the order of arrival. Told from the events' own marks, not from
 * what the core remembers; where a join, a collected set or a handler lies between, this law has
 * nothing to say.
 */
final class OrderLaw implements Law {
  @Override
  public void check(Step step) {
    for (Changes.Change<Entry.ReservedSets> change : step.changes().of(Entry.ReservedSets.class)) {
      // It has moved to where the first member of its set stands.
      step.ledger().put("caused " + change.key().name(), "a set");
    }
    for (OpenExecution opened : step.changes().opened()) {
      if (opened.input() == Entry.Input.EVENT) {
        step.ledger().put("caused " + opened.id(), opened);
      }
      Entry.Joined joined = step.joinedBy(opened);
      StepSpec spec = step.spec(opened.step());
      if (joined != null && spec != null && spec.join() instanceof StepSpec.Join.OverFanOut) {
        ordered(step, joined.events());
      }
    }
  }

  private static void ordered(Step step, List<Event> events) {
    List<Comparable<Object>> before = null;
    for (Event event : events) {
      List<Comparable<Object>> place = place(step, event);
      if (before != null && place != null) {
        step.require(compare(before, place) <= 0, "not in emission order", events);
      }
      before = place == null ? before : place;
    }
  }

  /** From its list down: index, step, index, step, index. Null: it did not come straight. */
  private static @Nullable List<Comparable<Object>> place(Step step, Event event) {
    List<Comparable<Object>> place = new ArrayList<>();
    Event at = event;
    while (true) {
      String emission = Marker.emission(at);
      if (emission == null) {
        return null;
      }
      int slash = emission.indexOf('/');
      String execution = emission.substring(0, slash);
      place.add(0, comparable(Integer.valueOf(emission.substring(slash + 1))));
      if (step.deeds().isMember(Work.text(at.value()))) {
        return place;
      }
      if (!(step.ledger().get("caused " + execution) instanceof OpenExecution cause)) {
        return null;
      }
      place.add(0, comparable(cause.step()));
      at = cause.event();
    }
  }

  @SuppressWarnings("unchecked")
  private static Comparable<Object> comparable(Comparable<?> value) {
    return (Comparable<Object>) value;
  }

  private static int compare(List<Comparable<Object>> a, List<Comparable<Object>> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = a.get(i).compareTo(b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
