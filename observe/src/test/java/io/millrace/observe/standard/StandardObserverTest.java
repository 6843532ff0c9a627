package io.millrace.observe.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.InvalidConfigException;
import io.millrace.config.MillraceConfig;
import io.millrace.observe.ObservedRequest;
import io.millrace.observe.ObservedTry;
import io.millrace.observe.ObservedTry.End;
import io.millrace.observe.Observer;
import io.millrace.observe.StepObserver;
import io.millrace.observe.StepSlots;
import io.millrace.observe.metrics.MetricsConfig;
import io.millrace.observe.metrics.MetricsEndpoint;
import io.millrace.observe.tracing.IncomingTrace;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import io.millrace.protocol.ErrorInfo;
import io.millrace.protocol.EventData;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.Token;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

class StandardObserverTest {
  @RegisterExtension static final OpenTelemetryExtension SPANS = OpenTelemetryExtension.create();

  private final MetricsEndpoint endpoint =
      MetricsEndpoint.start(new MetricsConfig(0, "127.0.0.1", "mill"));
  private final StepObserver step =
      new StandardStep(
          SPANS.getOpenTelemetry().getTracer("test"), endpoint.step("rag", "retrieve"));

  @AfterEach
  void close() {
    endpoint.close();
  }

  @Test
  void a_run_is_one_tree_from_its_start_through_every_step() {
    Observer client =
        new StandardObserver(
            Optional.of(SPANS.getOpenTelemetry().getTracer("test")), Optional.empty());

    ObservedRequest start = client.asks("start", "run-1", "rag");
    start.settled(null);
    ObservedTry first = tried(start.traceparent(), List.of());
    ObservedTry left = tried(first.traceparent(), List.of());
    ObservedTry right = tried(first.traceparent(), List.of());
    tried(left.traceparent(), joined(left.traceparent(), right.traceparent()));

    List<SpanData> spans = SPANS.getSpans();
    assertThat(spans).extracting(SpanData::getTraceId).containsOnly(spans.get(0).getTraceId());
    assertThat(spans)
        .extracting(SpanData::getParentSpanId)
        .containsExactly(
            "0000000000000000",
            spans.get(0).getSpanId(),
            spans.get(1).getSpanId(),
            spans.get(1).getSpanId(),
            spans.get(2).getSpanId());
    assertThat(spans.get(4).getLinks())
        .extracting(link -> link.getSpanContext().getSpanId())
        .containsExactly(spans.get(3).getSpanId());
    assertThat(spans).extracting(SpanData::getName).startsWith("start rag", "rag.retrieve");
  }

  @Test
  void an_event_without_a_context_or_with_a_broken_one_begins_a_trace() {
    tried(null, List.of());
    tried("not a context", List.of());

    assertThat(SPANS.getSpans())
        .allSatisfy(span -> assertThat(span.getParentSpanContext().isValid()).isFalse());
  }

  @Test
  void a_failed_attempt_says_so_and_a_client_that_only_looks_is_not_traced() {
    ObservedTry attempt = step.begins(dispatch(), target(List.of()), null, 0);
    attempt.returned();
    attempt.ended(End.FAILED, new ErrorInfo("java.io.IOException", "gone", ""), 2);
    Observer client =
        new StandardObserver(
            Optional.of(SPANS.getOpenTelemetry().getTracer("test")), Optional.empty());

    assertThat(client.asks("inspect", "run-1", null)).isSameAs(ObservedRequest.NONE);
    assertThat(SPANS.getSpans())
        .singleElement()
        .satisfies(
            span ->
                assertThat(span.getStatus())
                    .isEqualTo(
                        StatusData.create(io.opentelemetry.api.trace.StatusCode.ERROR, "gone")))
        .satisfies(
            span ->
                assertThat(span.getAttributes().asMap())
                    .containsValues("run-1", "rag", "retrieve", "x1", "failed", 2L));
  }

  @Test
  void a_request_goes_on_with_the_trace_of_the_call_that_it_serves() {
    Observer client =
        new StandardObserver(
            Optional.of(SPANS.getOpenTelemetry().getTracer("test")), Optional.empty());
    String caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    try (IncomingTrace trace = IncomingTrace.enter(caller)) {
      client.asks("start", "run-1", "rag").settled(null);
    }
    client.asks("start", "run-2", "rag").settled(null);

    assertThat(SPANS.getSpans())
        .extracting(SpanData::getParentSpanId)
        .containsExactly("b7ad6b7169203331", "0000000000000000");
  }

  @Test
  void code_of_a_step_finds_its_span_and_what_its_log_lines_are_about() {
    ObservedTry attempt = step.begins(dispatch(), target(List.of()), null, 0);
    assertThat(Span.current().getSpanContext().isValid()).isTrue();
    assertThat(MDC.get("runId")).isEqualTo("run-1");
    assertThat(MDC.get("attempt")).isEqualTo("3");
    assertThat(MDC.get("traceId")).isEqualTo(Span.current().getSpanContext().getTraceId());

    attempt.returned();

    assertThat(Span.current().getSpanContext().isValid()).isFalse();
    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
  }

  @Test
  void attempts_are_counted_by_how_they_end_and_their_durations_have_exemplars() throws Exception {
    ObservedTry attempt = tried(null, List.of());

    String text = get("/metrics", "application/openmetrics-text").body();

    assertThat(text)
        .contains(
            "millrace_step_attempts_total{end=\"completed\",millrace_namespace=\"mill\",step=\"retrieve\",workflow=\"rag\"} 1.0")
        .contains("millrace_step_attempts_total{end=\"failed\"")
        .contains(
            "millrace_step_attempt_seconds_count{millrace_namespace=\"mill\",step=\"retrieve\",workflow=\"rag\"} 1")
        .contains("jvm_memory_used_bytes");
    String traceId = String.valueOf(attempt.traceparent()).split("-")[1];
    assertThat(text).contains("trace_id=\"" + traceId + "\"");
    assertThat(get("/metrics", null).body()).doesNotContain("trace_id");
  }

  @Test
  void slots_are_those_of_the_worker_s_present_life() throws Exception {
    MillraceConfig config = MillraceConfig.of(Map.of("millrace.metrics.port", "0"));
    StandardObserver observer = new StandardObserver(Optional.empty(), MetricsConfig.from(config));
    try (observer) {
      observer.step("rag", "plan", slots(4, 1));
      observer.step("rag", "plan", slots(8, 3));
      observer.ready(true);
      MetricsEndpoint served =
          io.millrace.observe.metrics.Endpoints.join(MetricsConfig.from(config).orElseThrow());
      try {
        assertThat(get(served.port(), "/metrics", null).body())
            .contains(
                "millrace_step_slots{millrace_namespace=\"millrace\",step=\"plan\",workflow=\"rag\"} 8.0")
            .contains(
                "millrace_step_slots_taken{millrace_namespace=\"millrace\",step=\"plan\",workflow=\"rag\"} 3.0");
        assertThat(get(served.port(), "/ready", null).statusCode()).isEqualTo(200);
        observer.ready(false);
        assertThat(get(served.port(), "/ready", null).statusCode()).isEqualTo(503);
        assertThat(get(served.port(), "/health", null).statusCode()).isEqualTo(200);
        assertThat(get(served.port(), "/health/more", null).statusCode()).isEqualTo(404);
      } finally {
        io.millrace.observe.metrics.Endpoints.leave(MetricsConfig.from(config).orElseThrow());
      }
    }
  }

  @Test
  void who_asks_for_nothing_gets_an_observer_that_does_nothing() {
    assertThat(Observer.of(MillraceConfig.of(Map.of()), "rag")).isSameAs(Observer.NONE);
    assertThatThrownBy(
            () -> Observer.of(MillraceConfig.of(Map.of("millrace.tracing", "yes")), "rag"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("millrace.tracing must be off, otlp or global, not yes");
    assertThatThrownBy(
            () -> Observer.of(MillraceConfig.of(Map.of("millrace.metrics.port", "70000")), "rag"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("millrace.metrics.port");
  }

  private ObservedTry tried(@Nullable String traceparent, List<EventData> joined) {
    ObservedTry attempt = step.begins(dispatch(), target(joined), traceparent, 0);
    attempt.returned();
    attempt.ended(End.COMPLETED, null, 0);
    return attempt;
  }

  private static List<EventData> joined(@Nullable String... traceparents) {
    return java.util.Arrays.stream(traceparents)
        .map(
            from ->
                new EventData(
                    "e", "Part", EventKind.EVENT, ByteBuffer.wrap(new byte[0]), null, null, from))
        .toList();
  }

  private static Dispatch dispatch() {
    return Dispatch.newBuilder()
        .setRunId("run-1")
        .setWorkflow("rag")
        .setEventId("e")
        .setEventType("Ask")
        .setKind(EventKind.EVENT)
        .setEpoch(1)
        .setSequence(1)
        .setTargets(List.of())
        .build();
  }

  private static DispatchTarget target(List<EventData> joined) {
    return DispatchTarget.newBuilder()
        .setToken(new Token("x1", 3, 0, 42L))
        .setStep("retrieve")
        .setFirstDispatchedAt(Instant.EPOCH)
        .setJoined(joined.isEmpty() ? null : joined)
        .build();
  }

  private static StepSlots slots(int size, int taken) {
    return new StepSlots() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public int taken() {
        return taken;
      }
    };
  }

  private HttpResponse<String> get(String path, @Nullable String accept) throws Exception {
    return get(endpoint.port(), path, accept);
  }

  private static HttpResponse<String> get(int port, String path, @Nullable String accept)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (accept != null) {
      request.header("Accept", accept);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
