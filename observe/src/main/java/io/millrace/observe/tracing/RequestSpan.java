package io.millrace.observe.tracing;

import io.millrace.observe.ObservedRequest;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import org.jspecify.annotations.Nullable;

/** A client's request as a span, a child of whatever the calling thread is doing. */
public final class RequestSpan implements ObservedRequest {
  private final Span span;

  private RequestSpan(Span span) {
    this.span = span;
  }

  /**
   * The request is about to be sent.
   *
   * @param workflow null: it is not known
   */
  public static RequestSpan begin(
      Tracer tracer, String what, String runId, @Nullable String workflow) {
    SpanBuilder builder =
        tracer
            .spanBuilder(workflow == null ? what : what + " " + workflow)
            .setSpanKind(SpanKind.PRODUCER)
            .setAttribute(Keys.RUN_ID, runId);
    if (workflow != null) {
      builder.setAttribute(Keys.WORKFLOW, workflow);
    }
    return new RequestSpan(builder.startSpan());
  }

  @Override
  public @Nullable String traceparent() {
    return Traceparent.write(span);
  }

  @Override
  public void settled(@Nullable Throwable error) {
    if (error != null) {
      span.setStatus(StatusCode.ERROR, String.valueOf(error.getMessage()));
    }
    span.end();
  }
}
