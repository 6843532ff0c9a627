package io.millrace.observe.metrics;

import java.util.HashMap;
import java.util.Map;

/**
 * The endpoints of this process. Workers that are told the same port share one; the last that
 * leaves closes it. Thread-safe.
 */
public final class Endpoints {
  private static final class Shared {
    final MetricsEndpoint endpoint;
    int users;

    Shared(MetricsEndpoint endpoint) {
      this.endpoint = endpoint;
    }
  }

  private static final Map<MetricsConfig, Shared> OPEN = new HashMap<>();

  private Endpoints() {}

  /**
   * The endpoint there; to be given back with {@link #leave}.
   *
   * @throws MetricsPortException if the port cannot be had
   */
  public static synchronized MetricsEndpoint join(MetricsConfig config) {
    Shared shared = OPEN.computeIfAbsent(config, c -> new Shared(MetricsEndpoint.start(c)));
    shared.users++;
    return shared.endpoint;
  }

  /** One user less. */
  public static synchronized void leave(MetricsConfig config) {
    Shared shared = OPEN.get(config);
    if (shared != null && --shared.users == 0) {
      OPEN.remove(config);
      shared.endpoint.close();
    }
  }
}
