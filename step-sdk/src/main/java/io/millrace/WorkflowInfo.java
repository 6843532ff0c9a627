package io.millrace;

import java.util.List;

/**
 * A workflow as its steps have registered it.
 *
 * @param startTypes event types that begin a run; normally one
 * @param steps by name
 */
public record WorkflowInfo(String name, List<String> startTypes, List<StepInfo> steps) {
  public WorkflowInfo {
    startTypes = List.copyOf(startTypes);
    steps = List.copyOf(steps);
  }

  /** The highest registered version of a step, with event types by name. */
  public record StepInfo(String name, int version, List<String> accepts, List<String> emits) {
    public StepInfo {
      accepts = List.copyOf(accepts);
      emits = List.copyOf(emits);
    }
  }
}
