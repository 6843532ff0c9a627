package io.millrace.http.auth;

import java.util.Optional;

/** Knows callers by their bearer tokens. Thread-safe. */
public interface Authenticator {
  /**
   * @param token of the Authorization header; empty when there is none
   * @throws UnauthenticatedException if nobody may call with that; says why
   * @throws IdentityProviderException if that cannot be found out just now
   */
  Caller authenticate(Optional<String> token);
}
