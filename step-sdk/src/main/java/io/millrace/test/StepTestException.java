package io.millrace.test;

import io.millrace.protocol.ErrorInfo;

/** A try that failed outside the step's own code, for instance for what the step returned. */
public final class StepTestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StepTestException(ErrorInfo error) {
    super(error.getType() + ": " + error.getMessage());
  }
}
