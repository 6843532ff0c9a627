package io.millrace.local.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsContext;
import org.apache.kafka.common.metrics.MetricsReporter;

/** Counts the consumers that Kafka's client makes in this process with this reporter configured. */
public final class MadeConsumers implements MetricsReporter {
  static final AtomicInteger COUNT = new AtomicInteger();

  @Override
  public void contextChange(MetricsContext context) {
    if ("kafka.consumer".equals(context.contextLabels().get(MetricsContext.NAMESPACE))) {
      COUNT.incrementAndGet();
    }
  }

  @Override
  public void init(List<KafkaMetric> metrics) {}

  @Override
  public void metricChange(KafkaMetric metric) {}

  @Override
  public void metricRemoval(KafkaMetric metric) {}

  @Override
  public void configure(Map<String, ?> configs) {}

  @Override
  public void close() {}
}
