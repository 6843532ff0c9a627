package io.millrace.coordinator.core;

/**
 * Where an event or an execution comes from, as far as it matters later.
 *
 * @param fanOut the innermost fan-out that it belongs to; empty: none
 * @param path its place in that fan-out, such that texts sort in emission order
 * @param recoveries failures that were handled on the way here (E4)
 */
public record Lineage(String fanOut, String path, int recoveries) {
  /** Outside every fan-out. */
  public static final Lineage ROOT = new Lineage("", "", 0);

  /** Longer paths do not grow: among what comes after, arrival order decides. */
  private static final int LONGEST_PATH = 200;

  /**
   * Of {@code of} things that come from here in this order, the one of this index. A single one is
   * where it came from, so that a loop within a branch does not make the path longer.
   */
  Lineage child(int index, int of) {
    if (of < 2 || fanOut.isEmpty() || path.length() >= LONGEST_PATH) {
      return this;
    }
    String digits = Integer.toString(index, 36);
    char length = (char) ('a' + digits.length() - 1);
    return new Lineage(fanOut, path + length + digits, recoveries);
  }

  /** The same, seen from a scope around it. */
  Lineage within(Lineage scope) {
    return new Lineage(scope.fanOut, scope.path, recoveries);
  }

  /** The same place; what comes from here descends from the other too (E4). */
  Lineage recoveredLike(Lineage other) {
    return other.recoveries <= recoveries ? this : new Lineage(fanOut, path, other.recoveries);
  }

  /** Of two that stand in the same fan-out: the first place, and the most recoveries. */
  Lineage first(Lineage other) {
    String earlier = path.compareTo(other.path) <= 0 ? path : other.path;
    return new Lineage(fanOut, earlier, Math.max(recoveries, other.recoveries));
  }
}
