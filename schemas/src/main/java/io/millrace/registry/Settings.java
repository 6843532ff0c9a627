package io.millrace.registry;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;

/** Reads loosely typed configuration (Kafka passes strings, numbers and passwords alike). */
final class Settings {
  private final Map<String, ?> values;

  Settings(Map<String, ?> values) {
    this.values = values;
  }

  /** The trimmed value under the first of these keys that has one; blank counts as absent. */
  Optional<String> text(String... keys) {
    for (String key : keys) {
      Object value = values.get(key);
      if (value != null) {
        String text =
            (value instanceof Password secret ? secret.value() : value.toString()).strip();
        if (!text.isEmpty()) {
          return Optional.of(text);
        }
      }
    }
    return Optional.empty();
  }

  int number(String key, int otherwise, int least) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new InvalidRegistryConfigException(key, "is not a whole number: " + text.get(), e);
    }
    throw new InvalidRegistryConfigException(
        key, "must be at least %d, not %s".formatted(least, text.get()));
  }

  Duration millis(String key, Duration otherwise) {
    return Duration.ofMillis(number(key, Math.toIntExact(otherwise.toMillis()), 1));
  }
}
