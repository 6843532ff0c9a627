package io.millrace.observe.standard;

import io.millrace.observe.ObservedTry;
import io.millrace.observe.metrics.StepMetrics;
import io.millrace.observe.tracing.TrySpan;
import io.millrace.protocol.ErrorInfo;
import org.jspecify.annotations.Nullable;

/** One try. */
final class StandardTry implements ObservedTry {
  private final @Nullable TrySpan span;
  private final @Nullable StepMetrics meters;
  private final LogKeys keys;
  private final long begunNanos = System.nanoTime();

  StandardTry(@Nullable TrySpan span, @Nullable StepMetrics meters, LogKeys keys) {
    this.span = span;
    this.meters = meters;
    this.keys = keys;
  }

  @Override
  public @Nullable String traceparent() {
    return span == null ? null : span.traceparent();
  }

  @Override
  public void returned() {
    if (meters != null) {
      meters.returned(System.nanoTime() - begunNanos);
    }
    keys.close();
    if (span != null) {
      span.leave();
    }
  }

  @Override
  public void ended(End end, @Nullable ErrorInfo error, int streamed) {
    if (meters != null) {
      meters.ended(end, streamed);
    }
    if (span != null) {
      span.end(end, error, streamed);
    }
  }
}
