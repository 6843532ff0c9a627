package io.millrace.observe.tracing;

import io.millrace.observe.ObservedTry.End;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import io.millrace.protocol.ErrorInfo;
import io.millrace.protocol.EventData;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One try as a span: child of what made its event, linked to what made the other events that it was
 * given (joined, collected, answers). It is current while the step's code runs.
 */
public final class TrySpan {
  private static final int MOST_LINKS = 100;

  private final Span span;
  private final Scope scope;

  private TrySpan(Span span, Scope scope) {
    this.span = span;
    this.scope = scope;
  }

  /**
   * Begins on the calling thread, which must call {@link #leave} too.
   *
   * @param traceparent of what made the event; null: a trace begins here
   */
  @SuppressWarnings("MustBeClosedChecker") // by leave
  public static TrySpan enter(
      Tracer tracer,
      Dispatch dispatch,
      DispatchTarget target,
      @Nullable String traceparent,
      long delayMillis) {
    SpanBuilder builder =
        tracer
            .spanBuilder(dispatch.getWorkflow() + "." + target.getStep())
            .setParent(Traceparent.read(traceparent))
            .setSpanKind(SpanKind.CONSUMER)
            .setAttribute(Keys.RUN_ID, dispatch.getRunId())
            .setAttribute(Keys.WORKFLOW, dispatch.getWorkflow())
            .setAttribute(Keys.STEP, target.getStep())
            .setAttribute(Keys.EXECUTION_ID, target.getToken().getExecutionId())
            .setAttribute(Keys.ATTEMPT, (long) target.getToken().getAttempt())
            .setAttribute(Keys.ROUND, (long) target.getToken().getRound())
            .setAttribute(Keys.EVENT_TYPE, dispatch.getEventType())
            .setAttribute(Keys.DELAY, delayMillis);
    others(target)
        .map(EventData::getTraceparent)
        .filter(other -> other != null && !other.equals(traceparent))
        .distinct()
        .limit(MOST_LINKS)
        .forEach(
            other -> builder.addLink(Span.fromContext(Traceparent.read(other)).getSpanContext()));
    Span span = builder.startSpan();
    return new TrySpan(span, Context.root().with(span).makeCurrent());
  }

  /** Besides the event that the record holds. */
  private static Stream<EventData> others(DispatchTarget target) {
    return Stream.of(
            target.getJoined() == null ? Stream.<EventData>empty() : target.getJoined().stream(),
            target.getSets().stream().flatMap(set -> set.getEvents().stream()),
            target.getAnswers().stream().flatMap(answer -> Stream.ofNullable(answer.getEvent())))
        .flatMap(events -> events);
  }

  /** For what the try makes; null: it is not traced. */
  public @Nullable String traceparent() {
    return Traceparent.write(span);
  }

  /** Trace id, for logs; empty when the span is not a real one. */
  public String traceId() {
    return span.getSpanContext().isValid() ? span.getSpanContext().getTraceId() : "";
  }

  /** The code has returned: the span is no longer current. */
  public void leave() {
    scope.close();
  }

  /** It is over. */
  public void end(End how, @Nullable ErrorInfo error, int streamed) {
    span.setAttribute(Keys.END, how.name().toLowerCase(Locale.ROOT));
    if (streamed > 0) {
      span.setAttribute(Keys.STREAMED, (long) streamed);
    }
    if (error != null) {
      span.setAttribute(Keys.ERROR_TYPE, error.getType());
      span.setStatus(StatusCode.ERROR, error.getMessage());
    }
    span.end();
  }
}
