package io.millrace.http.route;

import io.millrace.http.auth.Role;
import java.util.Optional;

/** Who may call a route. */
public enum Access {
  /** Anybody: probes, which tell nothing of what runs. */
  PUBLIC(null),
  VIEW(Role.VIEW),
  OPERATE(Role.OPERATE);

  private final Optional<Role> role;

  Access(@org.jspecify.annotations.Nullable Role role) {
    this.role = Optional.ofNullable(role);
  }

  /** Empty for {@link #PUBLIC}. */
  public Optional<Role> role() {
    return role;
  }
}
