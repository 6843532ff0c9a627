package io.millrace.coordinator.core;

/** How a running run stands, as far as its head tells; the rest is in the workflow's graph. */
public enum Standing {
  /** Something is open, parked or not yet admitted: the run goes on by itself. */
  ACTIVE,
  /** It has asked the outside for something. */
  ASKS,
  /** Nothing is under way; it waits if the workflow is fed from outside, and else has stalled. */
  IDLE;

  public static Standing of(RunState.Running head) {
    return of(head.admitted(), head.open(), head.suspended(), head.parked(), head.prompts());
  }

  static Standing of(boolean admitted, int open, int suspended, int parked, int prompts) {
    if (!admitted || open > suspended || parked > 0) {
      return ACTIVE;
    }
    return prompts > 0 || suspended > 0 ? ASKS : IDLE;
  }

  /** Whether the run can only go on if the outside says something. */
  public boolean waits(String workflow, WorkflowGraph graph) {
    return this == ASKS || this == IDLE && graph.fedFromOutside(workflow);
  }
}
