package io.millrace.observe.standard;

import io.millrace.observe.ObservedRequest;
import io.millrace.observe.Observer;
import io.millrace.observe.StepObserver;
import io.millrace.observe.StepSlots;
import io.millrace.observe.metrics.Endpoints;
import io.millrace.observe.metrics.MetricsConfig;
import io.millrace.observe.metrics.MetricsEndpoint;
import io.millrace.observe.metrics.StepMetrics;
import io.millrace.observe.tracing.RequestSpan;
import io.millrace.observe.tracing.Tracing;
import io.opentelemetry.api.trace.Tracer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Meters and spans of one client or worker. Thread-safe. */
final class StandardObserver implements Observer {
  private static final String INSPECT = "inspect";

  private final Optional<Tracer> tracer;
  private final Optional<MetricsConfig> config;
  private final Map<StepMetrics, StepSlots> slots = new HashMap<>();
  private final BooleanSupplier worker = this::isReady;
  private @Nullable MetricsEndpoint endpoint;
  private boolean closed;
  private volatile boolean ready;

  StandardObserver(Optional<Tracer> tracer, Optional<MetricsConfig> config) {
    this.tracer = tracer;
    this.config = config;
  }

  /** Looking at a run changes nothing in it, and is done often. */
  @Override
  public ObservedRequest asks(String what, String runId, @Nullable String workflow) {
    return tracer.isPresent() && !what.equals(INSPECT)
        ? RequestSpan.begin(tracer.get(), what, runId, workflow)
        : ObservedRequest.NONE;
  }

  @Override
  public synchronized StepObserver step(String workflow, String step, StepSlots now) {
    Optional<StepMetrics> meters = config.map(at -> endpoint(at).step(workflow, step));
    meters.ifPresent(
        known -> {
          StepSlots before = slots.put(known, now);
          if (before != null) {
            known.close(before);
          }
          known.open(now);
        });
    return new StandardStep(tracer.orElse(null), meters.orElse(null));
  }

  /** Only a worker serves: clients have nothing to show there. */
  private MetricsEndpoint endpoint(MetricsConfig at) {
    MetricsEndpoint joined = endpoint;
    if (joined == null) {
      joined = Endpoints.join(at);
      joined.worker(worker);
      endpoint = joined;
    }
    return joined;
  }

  @Override
  public void ready(boolean now) {
    ready = now;
  }

  private boolean isReady() {
    return ready;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    slots.forEach(StepMetrics::close);
    if (endpoint != null) {
      endpoint.forget(worker);
      Endpoints.leave(config.orElseThrow());
    }
    if (tracer.isPresent()) {
      Tracing.flush();
    }
  }
}
