package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.RunEffect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whoever reads the log again after a crash decides as the dead one did, if the graph is the same.
 */
final class Replays {
  private record Decided(int graph, List<RunEffect> effects) {}

  private final Map<Long, Decided> decided = new HashMap<>();
  private boolean comparable = true;

  /** From the committed offset on, all is read again. */
  void again() {
    comparable = true;
  }

  void check(long offset, int graph, List<RunEffect> effects) {
    Decided before = decided.put(offset, new Decided(graph, effects));
    comparable &= before == null || before.graph() == graph;
    LawBroken.unless(
        before == null || !comparable || before.effects().equals(effects),
        "a replay decided otherwise",
        offset,
        effects,
        before == null ? "" : before);
  }
}
