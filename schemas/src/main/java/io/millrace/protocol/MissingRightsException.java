package io.millrace.protocol;

import java.util.List;

/** The broker does not let this process do what it has to. Nothing was changed. */
public final class MissingRightsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> missing;

  MissingRightsException(String who, String principal, List<String> missing) {
    super(
        "%s lacks rights on the broker: %s. Give them to %s; docs/operations.md lists all rights under Rights"
            .formatted(who, String.join(", ", missing), principal));
    this.missing = List.copyOf(missing);
  }

  /** Each right, as {@code Write on topic millrace.runs}. */
  public List<String> missing() {
    return missing;
  }
}
