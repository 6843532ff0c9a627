package io.millrace.coordinator.core;

import java.util.List;

/** The heart of the coordinator: one input, one run, one transition. */
public final class RunCore {
  private RunCore() {}

  /**
   * Applies {@code input} to the run in {@code store}.
   *
   * @return what the outside is asked to do, in order; never empty for an input that asked for
   *     something
   * @throws IllegalStateException only if an invariant is broken; the store's writes must then be
   *     dropped
   */
  public static List<RunEffect> apply(
      WorkflowGraph graph, RunStore store, RunInput input, Arrival arrival) {
    throw new IllegalStateException(
        "no rules for "
            + input
            + " at "
            + arrival
            + " in "
            + store.state()
            + " under "
            + graph.limits());
  }
}
