package io.millrace.coordinator.index;

import java.time.Instant;
import java.util.Comparator;

/** Where a run is in a list: newest first, those of one instant by id. */
public record RunPlace(Instant startedAt, String runId) implements Comparable<RunPlace> {
  private static final Comparator<RunPlace> ORDER =
      Comparator.comparing(RunPlace::startedAt).reversed().thenComparing(RunPlace::runId);

  @Override
  public int compareTo(RunPlace other) {
    return ORDER.compare(this, other);
  }
}
