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
}
