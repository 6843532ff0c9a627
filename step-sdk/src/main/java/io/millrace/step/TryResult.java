package io.millrace.step;

import io.millrace.protocol.ErrorInfo;
import io.millrace.protocol.FailureKind;

/** How a try ended. */
public sealed interface TryResult {
  /** All effects were handed to {@link TryServices#effect}. */
  record Completed() implements TryResult {}

  /**
   * @param retryable what the step's policy says of this error
   */
  record Failed(FailureKind kind, ErrorInfo error, boolean retryable) implements TryResult {}
}
