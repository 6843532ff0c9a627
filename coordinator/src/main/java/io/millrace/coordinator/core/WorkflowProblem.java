package io.millrace.coordinator.core;

/**
 * One thing that is wrong with a workflow (S9).
 *
 * @param step which is to blame; empty: none in particular
 * @param eventType which it is about; empty: none in particular
 * @param message for a person
 */
public record WorkflowProblem(Kind kind, String step, String eventType, String message) {
  public enum Kind {
    NO_START,
    NO_STOP,
    ACCEPTS_STOP,
    UNREACHABLE,
    DEAD_END,
    NEVER_CONSUMED,
    NEVER_PRODUCED
  }
}
