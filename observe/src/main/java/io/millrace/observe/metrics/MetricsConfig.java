package io.millrace.observe.metrics;

import io.millrace.config.InvalidConfigException;
import io.millrace.config.MillraceConfig;
import java.util.Optional;

/**
 * Where a worker shows its metrics. Keys: {@code millrace.metrics.port}, {@code
 * millrace.metrics.host}.
 *
 * @param port 0: any free one
 * @param host the address to listen on
 * @param namespace Millrace's
 */
public record MetricsConfig(int port, String host, String namespace) {
  /** Set: a worker serves its metrics. */
  public static final String PORT = "millrace.metrics.port";

  /** By default only this machine can ask. */
  public static final String HOST = "millrace.metrics.host";

  private static final int MAX_PORT = 65_535;

  /**
   * Empty: nobody is to ask.
   *
   * @throws InvalidConfigException naming the key
   */
  public static Optional<MetricsConfig> from(MillraceConfig config) {
    if (config.text(PORT).isEmpty()) {
      return Optional.empty();
    }
    int port = config.count(PORT, 0, 0);
    if (port > MAX_PORT) {
      throw new InvalidConfigException(PORT, "must be at most " + MAX_PORT + ", not " + port);
    }
    return Optional.of(
        new MetricsConfig(port, config.text(HOST, "127.0.0.1"), config.namespace().name()));
  }
}
