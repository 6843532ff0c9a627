package io.millrace.http.auth;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Authorization header of RFC 6750. */
public final class Bearer {
  private static final String SCHEME = "Bearer ";

  private Bearer() {}

  /** The token in the header's value; empty when there is none, or of another scheme. */
  public static Optional<String> token(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    return Optional.of(header.substring(SCHEME.length()).strip()).filter(token -> !token.isEmpty());
  }

  static String complaint(boolean given) {
    return given
        ? "the bearer token is not known here; it may have been replaced"
        : "this needs a header 'Authorization: Bearer <token>'";
  }
}
