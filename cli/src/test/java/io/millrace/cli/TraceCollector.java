package io.millrace.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What OpenTelemetry's exporters send over OTLP, kept in memory. Thread-safe. */
final class TraceCollector implements AutoCloseable {
  /**
   * @param parentId empty: the root of its trace
   * @param links ids of the spans that it is linked to
   */
  record Collected(
      String service,
      String name,
      String runId,
      String traceId,
      String spanId,
      String parentId,
      List<String> links) {}

  private final List<Collected> spans = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  private TraceCollector(HttpServer server) {
    this.server = server;
    server.createContext("/v1/traces", this::collect);
    server.start();
  }

  static TraceCollector start() throws IOException {
    return new TraceCollector(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Collected> of(String runId) {
    return spans.stream().filter(span -> span.runId().equals(runId)).toList();
  }

  private void collect(HttpExchange call) throws IOException {
    try (call;
        InputStream body = call.getRequestBody()) {
      ExportTraceServiceRequest.parseFrom(body)
          .getResourceSpansList()
          .forEach(
              resource -> {
                String service =
                    attribute(resource.getResource().getAttributesList(), "service.name");
                resource
                    .getScopeSpansList()
                    .forEach(
                        scope ->
                            scope.getSpansList().forEach(span -> spans.add(read(service, span))));
              });
      call.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      call.sendResponseHeaders(200, -1);
    }
  }

  private static Collected read(String service, Span span) {
    HexFormat hex = HexFormat.of();
    return new Collected(
        service,
        span.getName(),
        attribute(span.getAttributesList(), "millrace.run_id"),
        hex.formatHex(span.getTraceId().toByteArray()),
        hex.formatHex(span.getSpanId().toByteArray()),
        hex.formatHex(span.getParentSpanId().toByteArray()),
        span.getLinksList().stream()
            .map(link -> hex.formatHex(link.getSpanId().toByteArray()))
            .toList());
  }

  private static String attribute(List<KeyValue> attributes, String key) {
    return attributes.stream()
        .filter(attribute -> attribute.getKey().equals(key))
        .map(attribute -> attribute.getValue().getStringValue())
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
