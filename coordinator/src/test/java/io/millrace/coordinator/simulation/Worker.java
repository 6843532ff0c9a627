package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.RunEffect.Unwanted;
import io.millrace.coordinator.core.Token;
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

  private record CalledBack(long at, int round) {}

  final String name;
  private final World world;
  private final Set<Parcel> held = new LinkedHashSet<>();
  private final Map<String, CalledBack> calledBack = new HashMap<>();
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

  /** Work that is called back is dropped, and its record is dealt with. */
  void callBack(List<Unwanted> executions) {
    for (Unwanted work : executions) {
      calledBack.put(work.executionId(), new CalledBack(world.timeline.now(), work.round()));
      List.copyOf(held).stream()
          .filter(parcel -> isMeant(parcel.target.token(), work.executionId(), work.round()))
          .forEach(this::acknowledge);
    }
  }

  /** Whether work with this token that began then was called back. */
  boolean calledBack(Token token, long begun) {
    CalledBack back = calledBack.get(token.executionId());
    return back != null && begun <= back.at() && isMeant(token, token.executionId(), back.round());
  }

  private static boolean isMeant(Token token, String executionId, int round) {
    return token.executionId().equals(executionId) && token.round() <= round;
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
