package io.millrace.observe.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A registry that Prometheus can read, with the meters of the JVM. Millrace's own timers are
 * histograms, all with the same buckets; what is recorded within a sampled span keeps its trace id
 * as an exemplar. Thread-safe.
 */
public final class Metrics implements AutoCloseable {
  private static final double[] BUCKETS =
      Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000)
          .mapToDouble(millis -> Duration.ofMillis(millis).toNanos())
          .toArray();

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final JvmGcMetrics gc = new JvmGcMetrics();

  /**
   * What a scraper gets.
   *
   * @param contentType of {@code body}
   */
  public record Scrape(String contentType, String body) {}

  /**
   * @param namespace Millrace's, a tag of every meter: one Prometheus may read several
   */
  public Metrics(String namespace) {
    registry =
        new PrometheusMeterRegistry(
            PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, new CurrentSpan());
    registry.config().commonTags("millrace_namespace", namespace).meterFilter(new Histograms());
    new JvmMemoryMetrics().bindTo(registry);
    gc.bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
  }

  /** For whoever has more to tell. */
  public MeterRegistry registry() {
    return registry;
  }

  /**
   * All meters as they are now.
   *
   * @param accept what the scraper says that it reads; null: it does not say. Only OpenMetrics has
   *     exemplars
   */
  public Scrape scrape(@Nullable String accept) {
    String type =
        accept != null && accept.contains("application/openmetrics-text")
            ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
            : TEXT;
    return new Scrape(type, registry.scrape(type));
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }

  private static final class Histograms implements MeterFilter {
    @Override
    public @Nullable DistributionStatisticConfig configure(
        Meter.Id id, DistributionStatisticConfig config) {
      if (id.getType() != Meter.Type.TIMER || !id.getName().startsWith("millrace.")) {
        return config;
      }
      return DistributionStatisticConfig.builder()
          .serviceLevelObjectives(BUCKETS)
          .build()
          .merge(config);
    }
  }
}
