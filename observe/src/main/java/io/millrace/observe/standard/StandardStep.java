package io.millrace.observe.standard;

import io.millrace.observe.ObservedTry;
import io.millrace.observe.StepObserver;
import io.millrace.observe.metrics.StepMetrics;
import io.millrace.observe.tracing.TrySpan;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import io.opentelemetry.api.trace.Tracer;
import org.jspecify.annotations.Nullable;

/** Meters and spans of one step's tries. Thread-safe. */
final class StandardStep implements StepObserver {
  private final @Nullable Tracer tracer;
  private final @Nullable StepMetrics meters;

  StandardStep(@Nullable Tracer tracer, @Nullable StepMetrics meters) {
    this.tracer = tracer;
    this.meters = meters;
  }

  @Override
  public ObservedTry begins(
      Dispatch dispatch,
      DispatchTarget target,
      @Nullable String traceparent,
      long dispatchedMillis) {
    long delay = Math.max(0, System.currentTimeMillis() - dispatchedMillis);
    TrySpan span =
        tracer == null ? null : TrySpan.enter(tracer, dispatch, target, traceparent, delay);
    // After the span has begun, whose trace is the exemplar.
    if (meters != null) {
      meters.begun(delay);
    }
    return new StandardTry(span, meters, LogKeys.put(dispatch, target, span));
  }
}
