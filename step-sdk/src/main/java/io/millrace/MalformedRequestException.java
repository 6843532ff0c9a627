package io.millrace;

/**
 * The coordinator could not make sense of the request, for instance because client and coordinator
 * are too far apart in version.
 */
public final class MalformedRequestException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  public MalformedRequestException(String message) {
    super(message);
  }
}
