package io.millrace.registry;

import java.util.List;

/**
 * Whether a subject would accept a schema.
 *
 * @param compatible true if registration would succeed
 * @param messages why not, in the registry's words; empty if compatible or if the registry gives no
 *     reasons
 */
public record CompatibilityVerdict(boolean compatible, List<String> messages) {
  /** The verdict without objections. */
  public static final CompatibilityVerdict OK = new CompatibilityVerdict(true, List.of());

  /** Copies the messages. */
  public CompatibilityVerdict {
    messages = List.copyOf(messages);
  }

  /** Compatible exactly when there is no objection. */
  public static CompatibilityVerdict of(List<String> objections) {
    return objections.isEmpty() ? OK : new CompatibilityVerdict(false, objections);
  }
}
