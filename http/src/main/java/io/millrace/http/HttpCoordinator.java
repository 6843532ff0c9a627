package io.millrace.http;

import io.millrace.WorkflowClient;
import io.millrace.config.MillraceConfig;
import io.millrace.coordinator.app.CoordinatorApp;
import io.millrace.coordinator.app.RunningCoordinator;
import io.millrace.coordinator.history.RunHistories;
import io.millrace.coordinator.index.DeadLetterReader;
import io.millrace.coordinator.index.RunIndex;
import io.millrace.coordinator.metrics.CoordinatorMetrics;
import io.millrace.http.api.AwaitedEvents;
import io.millrace.http.api.Backend;
import io.millrace.observe.metrics.Metrics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A coordinator that serves HTTP. Each of several on one namespace answers every request, whichever
 * of them holds the run. Thread-safe.
 *
 * <pre>{@code
 * try (HttpCoordinator coordinator = HttpCoordinator.start(MillraceConfig.load())) {
 *   coordinator.awaitStopped();
 * }
 * }</pre>
 */
public final class HttpCoordinator implements RunningCoordinator {
  private static final Logger LOG = LoggerFactory.getLogger(HttpCoordinator.class);
  private static final Duration LIST_PATIENCE = Duration.ofSeconds(10);

  private final Deque<AutoCloseable> parts;
  private final CoordinatorApp coordinator;
  private final HttpApi api;

  private HttpCoordinator(Deque<AutoCloseable> parts, CoordinatorApp coordinator, HttpApi api) {
    this.parts = parts;
    this.coordinator = coordinator;
    this.api = api;
  }

  /**
   * Starts both; returns when the coordinator takes inputs and requests are answered.
   *
   * @throws io.millrace.config.InvalidConfigException for a setting that makes no sense, before
   *     anything is started
   * @throws PortTakenException if something else listens there
   * @throws RuntimeException as {@link CoordinatorApp#start(MillraceConfig)} does
   */
  public static HttpCoordinator start(MillraceConfig config) {
    HttpConfig http = HttpConfig.from(config);
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      Metrics metrics = opened(parts, new Metrics(config.namespace().name()));
      CoordinatorApp coordinator =
          opened(parts, CoordinatorApp.start(config, new CoordinatorMetrics(metrics.registry())));
      WorkflowClient client = opened(parts, WorkflowClient.create(config));
      RunIndex index =
          opened(parts, RunIndex.start(config.kafka(), config.namespace(), coordinator.steps()));
      RunHistories histories = opened(parts, new RunHistories(config, coordinator.steps()));
      DeadLetterReader letters = opened(parts, DeadLetterReader.of(config));
      Backend backend =
          new Backend(
              client,
              coordinator.steps(),
              AwaitedEvents.of(config),
              (filter, after, limit) -> index.page(filter, after, limit, LIST_PATIENCE),
              index::activity,
              histories::of,
              letters::page,
              () -> coordinator.isReady() && index.isCaughtUp(),
              metrics);
      HttpApi api = opened(parts, HttpApi.start(http, backend, version()));
      return new HttpCoordinator(parts, coordinator, api);
    } catch (RuntimeException e) {
      close(parts);
      throw e;
    }
  }

  private static <T extends AutoCloseable> T opened(Deque<AutoCloseable> parts, T part) {
    parts.push(part);
    return part;
  }

  private static String version() {
    @Nullable String version = HttpCoordinator.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** Where the API is, without a slash at the end. */
  public String url() {
    return api.url();
  }

  /**
   * Returns when it was closed.
   *
   * @throws io.millrace.coordinator.app.CoordinatorException if the coordinator stopped of itself
   */
  @Override
  public void awaitStopped() throws InterruptedException {
    coordinator.awaitStopped();
  }

  /** Stops in order: no more requests, then no more inputs. Idempotent. */
  @Override
  public void close() {
    close(parts);
  }

  private static synchronized void close(Deque<AutoCloseable> parts) {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("a part did not stop in order, the others are stopped part={}", part, e);
      }
    }
  }
}
