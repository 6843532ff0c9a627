package io.millrace.coordinator.core;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The lines in which waiters stand. One that requires something of an event stands apart from those
 * who require something else: of ten thousand who wait for the answers to ten thousand orders, an
 * answer finds its own without asking the others. Which line it is follows from one requirement,
 * the first by name; what stands there is looked at in full.
 */
final class WaiterLines {
  private WaiterLines() {}

  static String of(Entry.Waiter waiter) {
    String type = waiter.eventType();
    return new TreeMap<>(waiter.requirements())
        .entrySet().stream()
            .findFirst()
            .map(first -> Keys.waiterLine(type, first.getKey(), index(first.getValue())))
            .orElseGet(() -> Keys.waiterLine(type));
  }

  /** Executions whose waiters the event may meet, in the order in which they began to wait. */
  static List<String> candidates(RunStore store, Event event) {
    Map<Long, String> byPlace = new TreeMap<>();
    collect(store, Keys.waiterLine(event.type()), byPlace);
    event
        .fields()
        .forEach(
            (field, value) ->
                collect(store, Keys.waiterLine(event.type(), field, index(value)), byPlace));
    return List.copyOf(byPlace.values());
  }

  private static void collect(RunStore store, String line, Map<Long, String> byPlace) {
    store
        .scan(Entry.InLine.class, line, Integer.MAX_VALUE)
        .forEach(found -> byPlace.put(found.key().seq(), found.entry().id()));
  }

  private static String index(String value) {
    return Requirements.index(value);
  }
}
