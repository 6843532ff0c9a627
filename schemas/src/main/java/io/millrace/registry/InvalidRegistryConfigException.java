package io.millrace.registry;

/** A configuration value for the schema registry is missing or makes no sense. */
public final class InvalidRegistryConfigException extends SchemaRegistryException {
  InvalidRegistryConfigException(String key, String problem) {
    super(key + " " + problem);
  }

  InvalidRegistryConfigException(String key, String problem, Throwable cause) {
    super(key + " " + problem, cause);
  }
}
