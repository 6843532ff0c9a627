package io.millrace.observe.tracing;

import io.millrace.config.InvalidConfigException;
import io.millrace.config.MillraceConfig;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process traces, and with what. Key {@code millrace.tracing}: {@code off}, {@code
 * otlp} (an SDK of our own, told by the usual {@code OTEL_*} variables) or {@code global} (whatever
 * the program or its agent has set up). Thread-safe.
 */
public final class Tracing {
  /** Off unless it is set. */
  public static final String KEY = "millrace.tracing";

  private static final String INSTRUMENTATION = "io.millrace";
  private static final long FLUSH_SECONDS = 5;
  private static @Nullable OpenTelemetrySdk own;

  private Tracing() {}

  /**
   * Empty: nothing is traced.
   *
   * @param name of the service, unless OTEL_SERVICE_NAME says another; the first one in a process
   *     counts
   * @throws InvalidConfigException for a value that means nothing
   */
  public static Optional<Tracer> tracer(MillraceConfig config, String name) {
    String wanted = config.text(KEY, "off");
    return switch (wanted) {
      case "off" -> Optional.empty();
      case "otlp" -> Optional.of(own(name).getTracer(INSTRUMENTATION));
      case "global" -> Optional.of(GlobalOpenTelemetry.get().getTracer(INSTRUMENTATION));
      default ->
          throw new InvalidConfigException(KEY, "must be off, otlp or global, not " + wanted);
    };
  }

  private static synchronized OpenTelemetrySdk own(String name) {
    OpenTelemetrySdk sdk = own;
    if (sdk == null) {
      sdk =
          AutoConfiguredOpenTelemetrySdk.builder()
              .addPropertiesSupplier(
                  () ->
                      Map.of(
                          "otel.service.name",
                          name,
                          "otel.exporter.otlp.protocol",
                          "http/protobuf",
                          "otel.metrics.exporter",
                          "none",
                          "otel.logs.exporter",
                          "none"))
              .build()
              .getOpenTelemetrySdk();
      own = sdk;
    }
    return sdk;
  }

  /** Sends what has ended; waits for some seconds at most. */
  public static synchronized void flush() {
    OpenTelemetrySdk sdk = own;
    if (sdk != null) {
      sdk.getSdkTracerProvider().forceFlush().join(FLUSH_SECONDS, TimeUnit.SECONDS);
    }
  }
}
