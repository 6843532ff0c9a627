package io.millrace.observe.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP server for whoever watches a worker: {@code /metrics}, {@code /health} and {@code
 * /ready}. It tells of steps but nothing of runs, and asks nobody who he is. Whoever does not
 * finish his request holds up nobody else's. Thread-safe.
 */
public final class MetricsEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsEndpoint.class);

  /** From the first byte of a request to the last of its answer. */
  private static final Duration REQUEST = Duration.ofSeconds(5);

  private static final String PLAIN = "text/plain; charset=utf-8";

  private final Metrics metrics;
  private final Map<String, Map<String, StepMetrics>> steps = new ConcurrentHashMap<>();
  private final Set<BooleanSupplier> workers = ConcurrentHashMap.newKeySet();
  private final HttpServer server;
  private final TimedThreads threads;

  private MetricsEndpoint(HttpServer server, String namespace, Duration request) {
    this.threads = new TimedThreads("millrace-metrics", request);
    this.metrics = new Metrics(namespace);
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", call -> answer(call, 404, PLAIN, "nothing is here; see /metrics\n"));
    at("/metrics", this::scrape);
    at("/health", call -> answer(call, 200, PLAIN, "UP\n"));
    at("/ready", call -> ready(call));
  }

  /**
   * Serves; returns when it does.
   *
   * @throws MetricsPortException if the port cannot be had
   */
  public static MetricsEndpoint start(MetricsConfig config) {
    return start(config, REQUEST);
  }

  static MetricsEndpoint start(MetricsConfig config, Duration request) {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(config.host(), config.port()), 0);
    } catch (IOException e) {
      throw new MetricsPortException(config, e);
    }
    MetricsEndpoint endpoint = new MetricsEndpoint(server, config.namespace(), request);
    server.start();
    LOG.info("metrics are served host={} port={}", config.host(), endpoint.port());
    return endpoint;
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** The meters of a step, the same at every call. */
  public StepMetrics step(String workflow, String step) {
    return steps
        .computeIfAbsent(workflow, w -> new ConcurrentHashMap<>())
        .computeIfAbsent(step, s -> new StepMetrics(metrics.registry(), workflow, step));
  }

  /** It is ready when all of these are. */
  public void worker(BooleanSupplier ready) {
    workers.add(ready);
  }

  /** That worker has ended. */
  public void forget(BooleanSupplier ready) {
    workers.remove(ready);
  }

  private interface Answering {
    void to(HttpExchange call) throws IOException;
  }

  private void at(String path, Answering answering) {
    server.createContext(
        path,
        call -> {
          if (!call.getRequestURI().getPath().equals(path)) {
            answer(call, 404, PLAIN, "nothing is here; see /metrics\n");
          } else if (!call.getRequestMethod().equals("GET")) {
            answer(call, 405, PLAIN, "only GET is answered\n");
          } else {
            answering.to(call);
          }
        });
  }

  private void scrape(HttpExchange call) throws IOException {
    Metrics.Scrape scrape = metrics.scrape(call.getRequestHeaders().getFirst("Accept"));
    answer(call, 200, scrape.contentType(), scrape.body());
  }

  private void ready(HttpExchange call) throws IOException {
    boolean ready = !workers.isEmpty() && workers.stream().allMatch(BooleanSupplier::getAsBoolean);
    answer(call, ready ? 200 : 503, PLAIN, ready ? "UP\n" : "DOWN\n");
  }

  private static void answer(HttpExchange call, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    try (call) {
      call.getResponseHeaders().set("Content-Type", type);
      call.sendResponseHeaders(status, body.length);
      call.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
    metrics.close();
  }
}
