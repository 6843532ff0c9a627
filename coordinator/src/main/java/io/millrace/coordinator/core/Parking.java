package io.millrace.coordinator.core;

import io.millrace.coordinator.core.RunStore.Found;
import java.util.Comparator;
import java.util.List;

/** Events that were put aside (law 14). They are kept by type, and dealt with as they came. */
final class Parking {
  private Parking() {}

  static List<Found<Entry.ParkedEvent>> byArrival(LiveRun run) {
    return run.parked == 0
        ? List.of()
        : run.store.scan(Entry.ParkedEvent.class, null, Integer.MAX_VALUE).stream()
            .sorted(Comparator.comparingLong(found -> found.key().seq()))
            .toList();
  }
}
