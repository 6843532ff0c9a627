package io.millrace.http.auth;

import io.millrace.config.InvalidConfigException;
import io.millrace.config.MillraceConfig;
import java.net.URI;
import java.util.Optional;

/**
 * Which identity provider's tokens are taken.
 *
 * @param issuer as in the claim {@code iss}
 * @param audience one that the claim {@code aud} must name
 * @param keys address of the JWKS; empty: what the provider's discovery document says
 * @param rolesClaim where roles are; dots go into objects; a text is split at spaces
 * @param view value that stands for the role view
 * @param operate value that stands for the role operate
 */
public record OidcSettings(
    String issuer,
    String audience,
    Optional<URI> keys,
    String rolesClaim,
    String view,
    String operate) {
  private static final String PREFIX = "millrace.http.oidc.";

  /** Empty if no issuer is set. */
  public static Optional<OidcSettings> from(MillraceConfig config) {
    return config
        .text(PREFIX + "issuer")
        .map(
            issuer -> {
              address(PREFIX + "issuer", issuer);
              return new OidcSettings(
                  issuer,
                  config
                      .text(PREFIX + "audience")
                      .orElseThrow(
                          () ->
                              new InvalidConfigException(
                                  PREFIX + "audience",
                                  "is needed: without it every token of the issuer would do")),
                  config.text(PREFIX + "jwks.url").map(url -> address(PREFIX + "jwks.url", url)),
                  config.text(PREFIX + "roles.claim", "roles"),
                  config.text(PREFIX + "role.view", "millrace-view"),
                  config.text(PREFIX + "role.operate", "millrace-operate"));
            });
  }

  /** Keys that came in clear text could be anybody's. */
  static URI address(String key, String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigException(key, "is no address: " + text, e);
    }
    boolean local = "localhost".equals(uri.getHost()) || "127.0.0.1".equals(uri.getHost());
    if (!"https".equals(uri.getScheme()) && !("http".equals(uri.getScheme()) && local)) {
      throw new InvalidConfigException(key, "must begin with https://, not be " + text);
    }
    return uri;
  }
}
