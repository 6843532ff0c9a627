package io.millrace;

import java.util.List;

/** The run ended STALLED: nothing was left that could have brought a stop event. */
public final class RunStalledException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  private final transient List<BufferState> buffers;

  public RunStalledException(String runId, List<BufferState> buffers, String reason) {
    super(
        "run "
            + runId
            + " stalled"
            + (reason.isEmpty() ? "" : ": " + reason)
            + (buffers.isEmpty() ? "" : "; buffers: " + buffers));
    this.buffers = List.copyOf(buffers);
  }

  /** Which buffers hold what, and what each still lacks. */
  public List<BufferState> buffers() {
    return buffers;
  }
}
