package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.RunEffect.Unwanted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All worker processes: two of each step, each replaced when it dies. */
final class Workers {
  private static final int COPIES = 2;

  private final World world;
  private final Map<String, Worker> bySlot = new HashMap<>();
  private final Map<String, Worker> byName = new HashMap<>();
  private final Map<String, Integer> incarnations = new HashMap<>();

  Workers(World world) {
    this.world = world;
  }

  /** Some worker of the step gets the record, unless its group is past it. */
  void take(Parcel parcel) {
    if (parcel.consumed()) {
      return;
    }
    String step = parcel.target.step();
    Site site = world.site("workers of " + step);
    Worker worker = inSlot(step + "-" + site.draw("which", COPIES));
    worker.hold(parcel);
    new Try(world, site, worker, parcel).begin();
  }

  boolean silent(@Nullable String name) {
    Worker worker = name == null ? null : byName.get(name);
    return worker != null && worker.silent(world.timeline.now());
  }

  boolean failing(String name) {
    Worker worker = byName.get(name);
    return worker != null && worker.failing();
  }

  void callBack(String name, List<Unwanted> executions) {
    Worker worker = byName.get(name);
    if (worker != null && !world.site("workers").strikes(Fault.DEAF_WORKER)) {
      worker.callBack(executions);
    }
  }

  private Worker inSlot(String slot) {
    Worker there = bySlot.get(slot);
    if (there == null || there.dead()) {
      String name = slot + "#" + incarnations.merge(slot, 1, Integer::sum);
      there = new Worker(world, name);
      bySlot.put(slot, there);
      byName.put(name, there);
    }
    return there;
  }
}
