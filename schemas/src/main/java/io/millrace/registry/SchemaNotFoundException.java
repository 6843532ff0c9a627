package io.millrace.registry;

/**
 * The registry was reached and does not hold what was asked for. Asking again helps only once
 * somebody has registered it.
 */
public final class SchemaNotFoundException extends SchemaRegistryException {
  private SchemaNotFoundException(String message) {
    super(message);
  }

  /** No schema has this id. */
  public static SchemaNotFoundException unknownId(int id, String registry) {
    return new SchemaNotFoundException(
        "schema id %d is unknown to the registry at %s: the record was written with another registry, or its schema was deleted; point schema.registry.url at the registry its writer uses"
            .formatted(id, registry));
  }

  /** Nothing was ever registered under this subject. */
  public static SchemaNotFoundException unknownSubject(String subject, String registry) {
    return new SchemaNotFoundException(
        "subject %s is unknown to the registry at %s: register its schema first, or set auto.register.schemas=true"
            .formatted(subject, registry));
  }

  /** The subject exists, but this schema was never registered under it. */
  public static SchemaNotFoundException notUnderSubject(
      String subject, String schemaName, String registry) {
    return new SchemaNotFoundException(
        "this version of schema %s is not registered under subject %s in the registry at %s: register it first, or set auto.register.schemas=true"
            .formatted(schemaName, subject, registry));
  }
}
