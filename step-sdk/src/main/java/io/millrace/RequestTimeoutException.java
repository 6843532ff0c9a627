package io.millrace;

/**
 * The coordinator did not answer in time. Whether it has taken the request is unknown; asking again
 * is safe.
 */
public final class RequestTimeoutException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  public RequestTimeoutException(String message) {
    super(message);
  }
}
