package io.millrace.observe.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The W3C header {@code traceparent}, both ways. */
final class Traceparent {
  private static final String NAME = "traceparent";
  private static final TextMapGetter<String> ONLY =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String carrier) {
          return List.of(NAME);
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
          return key.equals(NAME) ? carrier : null;
        }
      };

  private Traceparent() {}

  /** What the header says, in the root context; of one that is absent or broken: the root alone. */
  static Context read(@Nullable String header) {
    return header == null
        ? Context.root()
        : W3CTraceContextPropagator.getInstance().extract(Context.root(), header, ONLY);
  }

  /** Null when the span is not a real one. */
  static @Nullable String write(Span span) {
    SpanContext context = span.getSpanContext();
    return context.isValid()
        ? "00-"
            + context.getTraceId()
            + "-"
            + context.getSpanId()
            + "-"
            + context.getTraceFlags().asHex()
        : null;
  }
}
