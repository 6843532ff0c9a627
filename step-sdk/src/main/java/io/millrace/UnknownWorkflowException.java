package io.millrace;

import java.util.Collection;
import java.util.List;

/** No step of this workflow has registered. */
public final class UnknownWorkflowException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  private final List<String> known;

  /**
   * @param known workflows that have steps
   */
  public UnknownWorkflowException(String message, Collection<String> known) {
    super(message);
    this.known = List.copyOf(known);
  }

  /** Workflows that have steps, by name; empty also when only the coordinator refused. */
  public List<String> known() {
    return known;
  }
}
