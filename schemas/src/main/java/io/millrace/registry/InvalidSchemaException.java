package io.millrace.registry;

/** The registry, or this client, does not accept the schema as a schema. */
public final class InvalidSchemaException extends SchemaRegistryException {
  /** The reason is the parser's or the registry's own sentence. */
  public InvalidSchemaException(String where, String reason) {
    super("%s is not a valid Avro schema: %s".formatted(where, reason));
  }
}
