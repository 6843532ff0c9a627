package io.millrace.http;

import io.millrace.http.auth.Authenticator;
import io.millrace.http.auth.Bearer;
import io.millrace.http.auth.Caller;
import io.millrace.http.auth.IdentityProviderException;
import io.millrace.http.auth.Role;
import io.millrace.http.auth.UnauthenticatedException;
import io.millrace.http.route.Access;
import io.millrace.http.route.ProblemException;
import io.millrace.http.route.ProblemKind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What every request passes before its handler: who calls, may he, and how often. */
final class Gate {
  private static final Caller NOBODY = new Caller("nobody", Role.VIEW, Optional.empty());

  private final Authenticator authenticator;
  private final RateLimit rate;
  private final Optional<OriginCheck> origins;

  /**
   * @param origins for a server that asks nobody who he is
   */
  Gate(Authenticator authenticator, RateLimit rate, Optional<OriginCheck> origins) {
    this.authenticator = authenticator;
    this.rate = rate;
    this.origins = origins;
  }

  /**
   * @param address of the client's machine
   * @throws ProblemException if the request must not pass
   * @throws UnauthenticatedException if nobody is known by its token
   * @throws IdentityProviderException if that cannot be found out just now
   */
  Caller pass(
      Access access,
      String address,
      @Nullable String authorization,
      @Nullable String host,
      @Nullable String origin) {
    origins.ifPresent(check -> check.check(host, origin));
    Optional<Role> needed = access.role();
    if (needed.isEmpty()) {
      return NOBODY;
    }
    Caller caller = known(address, authorization);
    slow(caller.name());
    if (!caller.role().covers(needed.get())) {
      throw new ProblemException(
          ProblemKind.FORBIDDEN,
          "%s has the role %s; this needs the role %s"
              .formatted(caller.name(), word(caller.role()), word(needed.get())));
    }
    return caller;
  }

  /**
   * Those who are not known share the rate of their address: it bounds what they cost and what they
   * fill logs with. It does not guard the tokens, their length does: a good token passes however
   * many bad ones came from the same address. Refusing all of an address would let anybody behind a
   * proxy shut out everybody behind it.
   */
  private Caller known(String address, @Nullable String authorization) {
    try {
      return authenticator.authenticate(Bearer.token(authorization));
    } catch (UnauthenticatedException | IdentityProviderException e) {
      slow("address " + address);
      throw e;
    }
  }

  private void slow(String who) {
    OptionalLong seconds = rate.take(who);
    if (seconds.isPresent()) {
      throw new ProblemException(
          ProblemKind.TOO_MANY_REQUESTS,
          "too many requests of " + who + "; try again in " + seconds.getAsLong() + " s",
          Map.of("Retry-After", Long.toString(seconds.getAsLong())));
    }
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
