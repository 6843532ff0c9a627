package io.millrace.local.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.local.PortInUseException;
import io.millrace.local.PortUnusableException;
import io.millrace.registry.LedgerJournal;
import io.millrace.registry.SchemaLedger;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry in this process that others reach over HTTP: the Confluent protocol as far as
 * serializers and their users need it, Avro only, compatibility enforced (BACKWARD unless told
 * otherwise). For development and tests: it has no users and no replicas.
 */
public final class DevRegistry implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DevRegistry.class);
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final String PART = "the development registry";
  private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;
  private static final int THREADS = 4;

  static {
    // Without it each answer of the JDK's server waits 40 ms for a delayed acknowledgement.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final DevRegistryConfig config;
  private final HttpServer server;
  private final ExecutorService threads;
  private final Optional<LedgerFile> file;
  private final RegistryRoutes routes;

  private DevRegistry(
      DevRegistryConfig config, HttpServer server, Optional<LedgerFile> file, SchemaLedger ledger) {
    this.config = config;
    this.server = server;
    this.file = file;
    this.routes = new RegistryRoutes(ledger);
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "dev-registry-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts a registry; it answers when this returns.
   *
   * @throws PortInUseException if another process listens on the port asked for
   * @throws PortUnusableException if nobody could listen there
   * @throws RegistryFolderException if the folder cannot be used
   */
  public static DevRegistry start(DevRegistryConfig config) {
    Optional<LedgerFile> file = config.folder().map(LedgerFile::open);
    try {
      SchemaLedger ledger =
          new SchemaLedger(file.<LedgerJournal>map(f -> f).orElse(LedgerJournal.NONE));
      file.ifPresent(f -> f.replayInto(ledger));
      DevRegistry registry = new DevRegistry(config, bind(config), file, ledger);
      registry.open();
      return registry;
    } catch (RuntimeException e) {
      file.ifPresent(LedgerFile::close);
      throw e;
    }
  }

  private static HttpServer bind(DevRegistryConfig config) {
    try {
      return HttpServer.create(new InetSocketAddress(config.host(), config.port()), 0);
    } catch (BindException e) {
      if (config.port() != 0 && String.valueOf(e.getMessage()).contains("in use")) {
        throw new PortInUseException(PART, config.host(), config.port(), e);
      }
      throw new PortUnusableException(PART, config.host(), config.port(), e);
    } catch (IOException e) {
      throw new PortUnusableException(PART, config.host(), config.port(), e);
    }
  }

  private void open() {
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
    LOG.info(
        "development schema registry answers url={} folder={}",
        url(),
        config.folder().map(Object::toString).orElse("(none)"));
  }

  /** What to put into {@code schema.registry.url}. */
  public String url() {
    String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
    return "http://" + host + ":" + port();
  }

  /** The port it listens on, also if it was asked to choose. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Stops answering and lets go of the folder. Idempotent. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("requests are still running; their connections are closed url={}", url());
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    file.ifPresent(LedgerFile::close);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = 200;
      JsonNode answer;
      try {
        answer =
            routes.answer(
                RegistryRequest.of(
                    exchange.getRequestMethod(), exchange.getRequestURI(), body(exchange)));
      } catch (RefusedRequest refused) {
        status = refused.status();
        answer = error(refused.code(), refused.says());
      } catch (RuntimeException e) {
        LOG.error(
            "a request failed and is answered with 500; the registry goes on method={} path={}",
            exchange.getRequestMethod(),
            exchange.getRequestURI(),
            e);
        status = 500;
        answer = error(50001, "The development registry failed: " + e.getMessage());
      }
      byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
      if (!head) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private static String body(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (bytes.length > MAX_BODY_BYTES) {
      throw RefusedRequest.tooLarge(MAX_BODY_BYTES);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static JsonNode error(int code, String message) {
    return JsonNodeFactory.instance.objectNode().put("error_code", code).put("message", message);
  }
}
