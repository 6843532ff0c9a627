package io.millrace.registry;

/** Something went wrong between this process and its schema registry. The subclass says what. */
public class SchemaRegistryException extends RuntimeException {
  /** With a message that says what is wrong, where, and what to do. */
  public SchemaRegistryException(String message) {
    super(message);
  }

  /** With the failure underneath. */
  public SchemaRegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
