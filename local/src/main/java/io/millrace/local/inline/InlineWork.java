package io.millrace.local.inline;

import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import io.millrace.protocol.Unwanted;

/** One execution as it was dispatched; {@code value} is the record's. */
public record InlineWork(Dispatch dispatch, DispatchTarget target, byte[] value) {
  public String runId() {
    return dispatch.getRunId();
  }

  public String step() {
    return target.getStep();
  }

  public String executionId() {
    return target.getToken().getExecutionId();
  }

  boolean isMeant(Unwanted unwanted) {
    return unwanted.getExecutionId().equals(executionId())
        && target.getToken().getRound() <= unwanted.getRound();
  }
}
