package io.millrace.observe.metrics;

/** The port on which a worker is to show its metrics cannot be had. */
public final class MetricsPortException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MetricsPortException(MetricsConfig config, Throwable cause) {
    super(
        "metrics cannot be served at %s:%d (%s); something else may be listening there: set %s to another port, or to 0 for any"
            .formatted(config.host(), config.port(), cause.getMessage(), MetricsConfig.PORT),
        cause);
  }
}
