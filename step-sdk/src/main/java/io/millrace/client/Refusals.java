package io.millrace.client;

import io.millrace.InvalidStartException;
import io.millrace.InvalidWorkflowException;
import io.millrace.LimitExceededException;
import io.millrace.MalformedRequestException;
import io.millrace.NotRedrivableException;
import io.millrace.RunFinishedException;
import io.millrace.RunIdTakenException;
import io.millrace.UnknownRunException;
import io.millrace.UnknownStepException;
import io.millrace.UnknownWorkflowException;
import io.millrace.WorkflowException;
import io.millrace.protocol.Refused;
import java.util.List;

/** The coordinator's refusals by their names. */
public final class Refusals {
  private Refusals() {}

  public static WorkflowException exception(String runId, Refused refused) {
    String message = "run " + runId + ": " + refused.getMessage();
    switch (refused.getCode()) {
      case UNKNOWN_WORKFLOW:
        return new UnknownWorkflowException(message, List.of());
      case WRONG_START_TYPE:
        return new InvalidStartException(message, List.of());
      case RUN_ID_TAKEN:
        return new RunIdTakenException(message);
      case UNKNOWN_RUN:
        return new UnknownRunException(message);
      case RUN_FINISHED:
        return new RunFinishedException(message);
      case UNKNOWN_STEP:
        return new UnknownStepException(message);
      case MALFORMED_REQUEST:
        return new MalformedRequestException(message);
      case LIMIT_EXCEEDED:
        return new LimitExceededException(message);
      case INVALID_WORKFLOW:
        return new InvalidWorkflowException(message);
      case NOT_REDRIVABLE:
        return new NotRedrivableException(message);
    }
    throw new IllegalStateException("a new refusal code: " + refused.getCode());
  }
}
