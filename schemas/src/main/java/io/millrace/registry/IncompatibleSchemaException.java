package io.millrace.registry;

/**
 * The registry refuses the schema because readers or writers of earlier versions would break.
 * Nothing was registered.
 */
public final class IncompatibleSchemaException extends SchemaRegistryException {
  private final String subject;
  private final String reason;

  /** The reason is the registry's own. */
  public IncompatibleSchemaException(String subject, String reason) {
    super(
        "subject %s refuses this schema as incompatible with an earlier version: %s; give added fields a default, or register under a new name"
            .formatted(subject, reason));
    this.subject = subject;
    this.reason = reason;
  }

  /** The subject that refused. */
  public String subject() {
    return subject;
  }

  /** What the registry said, unchanged. */
  public String reason() {
    return reason;
  }
}
