package io.millrace.http.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The role that a token's claims give. */
final class RolesClaim {
  private RolesClaim() {}

  /** Empty if there is none of ours. */
  static Optional<Role> of(JWTClaimsSet claims, OidcSettings settings) {
    Collection<?> values = values(claims.getClaims(), settings.rolesClaim());
    if (values.contains(settings.operate())) {
      return Optional.of(Role.OPERATE);
    }
    return values.contains(settings.view()) ? Optional.of(Role.VIEW) : Optional.empty();
  }

  /** The claim itself, or what lies behind its dots. */
  private static Collection<?> values(Map<String, ?> claims, String path) {
    @Nullable Object at = claims.get(path);
    if (at == null) {
      at = claims;
      for (String name : path.split("\\.")) {
        at = at instanceof Map<?, ?> object ? object.get(name) : null;
      }
    }
    if (at instanceof Collection<?> many) {
      return many;
    }
    return at instanceof String text ? List.of(text.split(" ")) : List.of();
  }
}
