package io.millrace.http.auth;

/** A call without a token that is known; the message says what is wrong, never the token. */
public final class UnauthenticatedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnauthenticatedException(String message) {
    super(message);
  }
}
