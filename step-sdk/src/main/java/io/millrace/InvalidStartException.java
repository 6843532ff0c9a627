package io.millrace;

import java.util.Collection;
import java.util.List;

/** The workflow cannot begin with this event. */
public final class InvalidStartException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  private final List<String> accepted;

  /**
   * @param accepted the workflow's start types
   */
  public InvalidStartException(String message, Collection<String> accepted) {
    super(message);
    this.accepted = List.copyOf(accepted);
  }

  /** The workflow's start types; empty also when only the coordinator refused. */
  public List<String> accepted() {
    return accepted;
  }
}
