package io.millrace.coordinator.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One incarnation of one process. */
final class Worker {
  /** So long a silent worker counts as alive. */
  static final long LEASE = 10_000;

  final String name;
  private final World world;
  private final Set<Parcel> held = new LinkedHashSet<>();
  private final Map<String, Long> calledBack = new HashMap<>();
  private boolean dead;
  private boolean goodbye;
  private long silentSince = Long.MAX_VALUE;
  private long silentUntil;
  private int tries;

  Worker(World world, String name) {
    this.world = world;
    this.name = name;
  }

  String nextTry() {
    return name + "." + tries++;
  }

  boolean dead() {
    return dead;
  }

  /** Whether a coordinator would say so (law 13). */
  boolean silent(long now) {
    return goodbye || (silentSince + LEASE < now && now < silentUntil);
  }

  /** Whether it will count as lost some day, if nothing is done. */
  boolean failing() {
    return silentSince != Long.MAX_VALUE;
  }

  void hold(Parcel parcel) {
    held.add(parcel);
  }

  void acknowledge(Parcel parcel) {
    held.remove(parcel);
    parcel.consume();
  }

  void callBack(List<String> executions) {
    executions.forEach(id -> calledBack.put(id, world.timeline.now()));
  }

  /** Whether work on the execution that began then was called back. */
  boolean calledBack(String executionId, long begun) {
    Long at = calledBack.get(executionId);
    return at != null && begun <= at;
  }

  void die(boolean saysGoodbye, long redeliveryAfter) {
    dead = true;
    goodbye = saysGoodbye;
    silentSince = world.timeline.now();
    silentUntil = Long.MAX_VALUE;
    handBack(redeliveryAfter);
    world.timeline.after(saysGoodbye ? 1 : LEASE + 1, world::lookForLost);
  }

  /** Stands still until then; its group gives what it holds to others. */
  void freeze(long until) {
    silentSince = world.timeline.now();
    silentUntil = until;
    if (until - silentSince > LEASE) {
      handBack(LEASE);
      world.timeline.after(LEASE + 1, world::lookForLost);
    }
  }

  private void handBack(long after) {
    for (Parcel parcel : new ArrayList<>(held)) {
      world.timeline.after(after, () -> world.workers.take(parcel));
    }
    held.clear();
  }
}
