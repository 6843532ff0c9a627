package io.millrace.serde;

import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** Reads a yes or no that may arrive as a string. */
final class Flags {
  private Flags() {}

  static boolean read(Map<String, ?> config, String key, boolean otherwise) {
    Object value = config.get(key);
    String text = value == null ? "" : value.toString().strip().toLowerCase(Locale.ROOT);
    switch (text) {
      case "":
        return otherwise;
      case "true":
        return true;
      case "false":
        return false;
      default:
        throw new ConfigException(key, value, "must be true or false");
    }
  }
}
