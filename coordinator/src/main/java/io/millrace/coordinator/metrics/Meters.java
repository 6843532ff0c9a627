package io.millrace.coordinator.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.ToDoubleFunction;

/** How meters are made here: each is described. Buckets are the registry's choice. */
final class Meters {
  private final MeterRegistry registry;

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  Counter counter(String name, String description, String... tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }

  Timer timer(String name, String description, String... tags) {
    return Timer.builder(name).description(description).tags(tags).register(registry);
  }

  /** {@code of} is kept for as long as the registry is. */
  <T> void gauge(
      String name, String unit, String description, T of, ToDoubleFunction<T> f, String... tags) {
    Gauge.builder(name, of, f)
        .strongReference(true)
        .baseUnit(unit.isEmpty() ? null : unit)
        .description(description)
        .tags(tags)
        .register(registry);
  }
}
