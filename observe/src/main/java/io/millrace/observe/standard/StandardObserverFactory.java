package io.millrace.observe.standard;

import io.millrace.config.MillraceConfig;
import io.millrace.observe.Observer;
import io.millrace.observe.ObserverFactory;
import io.millrace.observe.metrics.MetricsConfig;
import io.millrace.observe.tracing.Tracing;
import io.opentelemetry.api.trace.Tracer;
import java.util.Optional;

/**
 * Metrics if {@code millrace.metrics.port} is set, traces if {@code millrace.tracing} is; without
 * both no class of either library is loaded.
 */
public final class StandardObserverFactory implements ObserverFactory {
  /** For ServiceLoader. */
  public StandardObserverFactory() {}

  @Override
  public Observer create(MillraceConfig config, String name) {
    boolean traced = !config.text(Tracing.KEY, "off").equals("off");
    Optional<MetricsConfig> metrics = MetricsConfig.from(config);
    if (!traced && metrics.isEmpty()) {
      return Observer.NONE;
    }
    Optional<Tracer> tracer = traced ? Tracing.tracer(config, name) : Optional.empty();
    return new StandardObserver(tracer, metrics);
  }
}
