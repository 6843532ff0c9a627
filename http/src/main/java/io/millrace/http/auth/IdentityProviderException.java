package io.millrace.http.auth;

/** The keys of the identity provider are not to be had, so tokens cannot be checked just now. */
public final class IdentityProviderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public IdentityProviderException(String message, Throwable cause) {
    super(message, cause);
  }
}
