package io.millrace.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** No registry gave a usable answer within the allowed attempts. Trying again later may help. */
public final class RegistryUnavailableException extends SchemaRegistryException {
  private final transient List<String> urls;
  private final int attempts;

  RegistryUnavailableException(
      List<String> urls, int attempts, String lastFailure, @Nullable Throwable cause) {
    super(
        "no schema registry answered at %s after %d attempts, last: %s; check schema.registry.url and that the registry is up"
            .formatted(String.join(", ", urls), attempts, lastFailure));
    this.urls = List.copyOf(urls);
    this.attempts = attempts;
    if (cause != null) {
      initCause(cause);
    }
  }

  /** The addresses that were tried, without credentials. */
  public List<String> urls() {
    return urls;
  }

  /** How many requests were made before giving up. */
  public int attempts() {
    return attempts;
  }
}
