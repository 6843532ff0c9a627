package io.millrace;

/** The client was closed; make another one. */
public final class ClientClosedException extends WorkflowException {
  private static final long serialVersionUID = 1L;

  public ClientClosedException(String message) {
    super(message);
  }
}
