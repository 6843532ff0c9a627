package io.millrace.coordinator.app;

import io.millrace.config.MillraceConfig;
import io.millrace.coordinator.core.RunCore;
import io.millrace.coordinator.metrics.CoordinatorMetrics;
import io.millrace.coordinator.publish.Cluster;
import io.millrace.coordinator.publish.Topics;
import io.millrace.coordinator.topology.RunTopology;
import io.millrace.coordinator.topology.ShellClients;
import io.millrace.coordinator.topology.ShellParts;
import io.millrace.coordinator.topology.StepBook;
import io.millrace.coordinator.topology.ThreadParts;
import io.millrace.protocol.Rights;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A coordinator. Several may run on one namespace; they share its partitions.
 *
 * <pre>{@code
 * try (CoordinatorApp coordinator = CoordinatorApp.start(MillraceConfig.load())) {
 *   coordinator.awaitStopped();
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class CoordinatorApp implements RunningCoordinator {
  private static final Logger LOG = LoggerFactory.getLogger(CoordinatorApp.class);
  private static final Duration CLOSE = Duration.ofSeconds(15);

  private final CoordinatorConfig config;
  private final Services services;
  private final KafkaStreams streams;
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Throwable failure;

  private CoordinatorApp(CoordinatorConfig config, Services services, KafkaStreams streams) {
    this.config = config;
    this.services = services;
    this.streams = streams;
  }

  /** As {@link #start(MillraceConfig)}, from these settings and defaults only. */
  public static CoordinatorApp start(Map<String, ?> settings) {
    return start(MillraceConfig.of(settings));
  }

  /**
   * Starts a coordinator and returns when it takes inputs.
   *
   * @throws io.millrace.config.InvalidConfigException for a setting that makes no sense
   * @throws BrokerUnavailableException if no broker answers
   * @throws io.millrace.coordinator.publish.TopicMisconfiguredException if an existing topic would
   *     break the protocol
   * @throws CoordinatorException if it is not ready within {@code millrace.start.timeout.ms}
   */
  public static CoordinatorApp start(MillraceConfig source) {
    return start(source, CoordinatorMetrics.unread());
  }

  /**
   * As {@link #start(MillraceConfig)}.
   *
   * @param metrics is told what happens
   */
  public static CoordinatorApp start(MillraceConfig source, CoordinatorMetrics metrics) {
    CoordinatorConfig config = CoordinatorConfig.from(source);
    LOG.info("coordinator starts {}", config);
    Services services = Services.connect(config, metrics);
    try {
      CoordinatorApp app = new CoordinatorApp(config, services, streams(config, services));
      app.run();
      return app;
    } catch (RuntimeException e) {
      services.close();
      throw e;
    }
  }

  private static KafkaStreams streams(CoordinatorConfig config, Services services) {
    Topics topics = new Topics(new Cluster(services.admin()), config.specs());
    int runPartitions =
        topics.ensureSystem(
            Rights.of("this coordinator", config.kafka())
                .onGroup(StreamsSettings.applicationId(config), AclOperation.READ)
                .onGroup(Services.publisherGroup(config), AclOperation.READ));
    String runLogId = topics.runLogId();
    services.startReaders();
    ShellParts parts =
        new ShellParts(
            config.namespace(),
            RunCore::apply,
            services.book(),
            services.appender(),
            services.ledger(),
            services.unadopted(),
            () -> runPartitions,
            runLogId,
            Math.min(config.topics().maxMessageBytes(), ShellClients.MAX_REQUEST_BYTES),
            services.metrics());
    ThreadParts threads = new ThreadParts(config.streaming().commitGap(), services.metrics());
    try {
      return new KafkaStreams(
          RunTopology.build(parts, threads),
          StreamsSettings.of(config, runLogId),
          new ShellClients(services.appender(), config.namespace().runs(), threads));
    } catch (StreamsException e) {
      throw new CoordinatorException(
          "the state folder "
              + config.streaming().stateDir()
              + " cannot be used; another coordinator may be using it: set millrace.state.dir"
              + " (MILLRACE_STATE_DIR) to a folder of its own",
          e);
    }
  }

  private void run() {
    streams.setUncaughtExceptionHandler(
        error -> {
          Optional<CoordinatorException> refusal = BrokerRefusal.in(error, config);
          if (running.getCount() > 0 && refusal.isPresent()) {
            // Wrong for good; later on, somebody may be giving the right back.
            failure = refusal.get();
            running.countDown();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
          }
          LOG.error("a stream thread died, another one takes its place", error);
          return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    streams.setStateListener(
        (now, before) -> {
          LOG.debug("streams state={} before={}", now, before);
          if (now == KafkaStreams.State.RUNNING) {
            running.countDown();
          } else if (now == KafkaStreams.State.ERROR) {
            if (failure == null) {
              failure =
                  new CoordinatorException("Kafka Streams has stopped; its log says why", null);
            }
            stopped.countDown();
          }
        });
    try {
      streams.start();
      services.startWorkers();
      awaitReady(config.startTimeout());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    LOG.info(
        "coordinator ready namespace={} bootstrap={}",
        config.namespace().name(),
        config.bootstrapServers());
  }

  /**
   * Returns when this coordinator takes inputs.
   *
   * @throws CoordinatorException if that takes longer than {@code timeout}
   */
  public void awaitReady(Duration timeout) {
    try {
      if (running.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        Throwable refusal = failure;
        if (refusal instanceof CoordinatorException refused) {
          throw refused;
        }
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CoordinatorException("interrupted while starting", e);
    }
    throw new CoordinatorException(
        "the coordinator is not ready after "
            + timeout.toSeconds()
            + " s (Kafka Streams is "
            + streams.state()
            + "); if it is restoring a large state, raise millrace.start.timeout.ms",
        null);
  }

  /** Whether it takes inputs now; false during a rebalance. */
  public boolean isReady() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  /** The steps that are registered, kept up to date while this coordinator runs. */
  public StepBook steps() {
    return services.book();
  }

  /**
   * Returns when it was closed.
   *
   * @throws CoordinatorException if it stopped of itself
   */
  @Override
  public void awaitStopped() throws InterruptedException {
    stopped.await();
    Throwable cause = failure;
    if (cause != null) {
      throw new CoordinatorException("the coordinator stopped: " + cause.getMessage(), cause);
    }
  }

  /** Stops in order: what is applied is committed, its partitions pass on at once. Idempotent. */
  @Override
  public void close() {
    try {
      boolean clean =
          streams.close(
              CloseOptions.timeout(CLOSE)
                  .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
      if (!clean) {
        LOG.warn(
            "stream threads did not stop within {} s, the next coordinator repairs what they leave",
            CLOSE.toSeconds());
      }
    } catch (KafkaException e) {
      LOG.warn("stream threads did not stop in order", e);
    } finally {
      services.close();
      stopped.countDown();
    }
  }
}
