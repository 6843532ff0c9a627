package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Arrival;
import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.EntryKey;
import io.millrace.coordinator.core.Event;
import io.millrace.coordinator.core.RunCore;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.RunStore;
import io.millrace.coordinator.core.WorkflowGraph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A bug: joins get another set than the one that came together (C7). */
final class JoinSpoiled implements Rules {
  private final Spoiler spoiler;

  private interface Spoiler {
    List<Event> spoil(List<Event> events);
  }

  private JoinSpoiled(Spoiler spoiler) {
    this.spoiler = spoiler;
  }

  /** In the order of arrival, say: not in emission order. */
  static JoinSpoiled turnedRound() {
    return new JoinSpoiled(
        events -> {
          List<Event> reversed = new ArrayList<>(events);
          Collections.reverse(reversed);
          return reversed;
        });
  }

  static JoinSpoiled withoutTheLast() {
    return new JoinSpoiled(
        events -> events.size() < 2 ? events : events.subList(0, events.size() - 1));
  }

  @Override
  public List<RunEffect> apply(
      WorkflowGraph graph, RunStore store, RunInput input, Arrival arrival) {
    RunStore spoiling =
        new DelegatingStore(store) {
          @Override
          public <E extends Entry> void put(EntryKey<E> key, E entry) {
            super.put(
                key,
                entry instanceof Entry.Joined joined
                    ? key.kind().cast(new Entry.Joined(spoiler.spoil(joined.events())))
                    : entry);
          }
        };
    return RunCore.apply(graph, spoiling, input, arrival);
  }
}
