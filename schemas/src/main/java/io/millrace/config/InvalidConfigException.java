package io.millrace.config;

import org.jspecify.annotations.Nullable;

/** A configuration value is missing or makes no sense; the message names the key and the value. */
public final class InvalidConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidConfigException(String key, String problem) {
    this(key, problem, null);
  }

  public InvalidConfigException(String key, String problem, @Nullable Throwable cause) {
    super(
        "%s %s; set it in millrace.properties or as %s"
            .formatted(key, problem, ConfigKeys.variable(key)),
        cause);
  }
}
