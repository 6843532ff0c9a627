package io.millrace.http;

import io.millrace.http.route.ProblemException;
import io.millrace.http.route.ProblemKind;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server without authentication on the loopback address can be reached by every page in the
 * browser of its machine. Such a page has another origin, or another name for the address.
 */
final class OriginCheck {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * @param host the request's Host header
   * @param origin its Origin header; null: no browser, or the same origin
   */
  void check(@Nullable String host, @Nullable String origin) {
    if (host != null && !isLocal("http://" + host)) {
      throw foreign("the name " + host);
    }
    if (origin != null && !isLocal(origin)) {
      throw foreign("a page of " + origin);
    }
  }

  private static ProblemException foreign(String from) {
    return new ProblemException(
        ProblemKind.FOREIGN_ORIGIN,
        "without authentication only this machine itself is served, by the name localhost, and not"
            + " through "
            + from);
  }

  private static boolean isLocal(String address) {
    try {
      String name = URI.create(address).getHost();
      return name != null && LOCAL.contains(name);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
