package io.millrace.http.auth;

import java.util.Optional;

/** Static tokens first, then the identity provider's. */
public final class StaticOrOidc implements Authenticator {
  private final StaticTokens tokens;
  private final Authenticator oidc;

  public StaticOrOidc(StaticTokens tokens, Authenticator oidc) {
    this.tokens = tokens;
    this.oidc = oidc;
  }

  @Override
  public Caller authenticate(Optional<String> token) {
    return tokens.find(token).orElseGet(() -> oidc.authenticate(token));
  }
}
