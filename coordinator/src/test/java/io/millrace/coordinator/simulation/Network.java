package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.RunInput;
import java.util.HashMap;
import java.util.Map;

/**
 * The way of records to the run log. One producer's records stay in order, those of several meet as
 * they like, and any may come a second time.
 */
final class Network {
  private static final long[] LATE = {100, 8_000, 3_600_000, 8L * 24 * 3_600_000};

  private final World world;
  private final Map<String, Long> lastOf = new HashMap<>();

  Network(World world) {
    this.world = world;
  }

  void send(String producer, String runId, RunInput input) {
    Task task = world.taskOf(runId);
    Site site = world.site("log " + task.partition());
    long arrival = world.timeline.now() + 1;
    if (site.strikes(Fault.LATE_RECORD)) {
      arrival += 1 + site.draw("late", 3_000);
    }
    arrival = Math.max(arrival, lastOf.getOrDefault(producer, 0L));
    lastOf.put(producer, arrival);
    world.timeline.at(arrival, () -> append(task, runId, input));
    if (site.strikes(Fault.REPEATED_RECORD)) {
      int how = site.draw("repeated", 12);
      long later = LATE[how < 6 ? 0 : how < 10 ? 1 : how - 8];
      world.timeline.at(arrival + later, () -> append(task, runId, input));
    }
  }

  private void append(Task task, String runId, RunInput input) {
    task.log().append(runId, input);
    task.wake();
  }
}
