package io.millrace.coordinator.app;

import io.millrace.coordinator.metrics.CoordinatorMetrics;
import io.millrace.coordinator.metrics.StepName;
import io.millrace.coordinator.publish.Cluster;
import io.millrace.coordinator.publish.GroupOffsets;
import io.millrace.coordinator.publish.InspectingLookup;
import io.millrace.coordinator.publish.OrphanSweeper;
import io.millrace.coordinator.publish.StreamPublisher;
import io.millrace.coordinator.publish.Topics;
import io.millrace.coordinator.topology.BeatLedger;
import io.millrace.coordinator.topology.RunLogAppender;
import io.millrace.coordinator.topology.ShellClients;
import io.millrace.coordinator.topology.StepBook;
import io.millrace.coordinator.topology.TopicTail;
import io.millrace.coordinator.topology.UnadoptedCheck;
import io.millrace.coordinator.topology.UnadoptedWatch;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.StepRegistration;
import io.millrace.protocol.WorkerBeat;
import io.millrace.serde.ProtocolCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything around the stream threads: clients, readers of small topics, the clockwork. Started
 * and closed by one thread.
 */
final class Services implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Services.class);
  private static final Duration BROKER_ANSWER = Duration.ofSeconds(10);
  private static final int RETRY_BACKOFF_MILLIS = 20;
  private static final Duration CATCH_UP = Duration.ofSeconds(30);
  private static final ProtocolCodec<WorkerBeat> BEAT = ProtocolCodec.of(WorkerBeat.class);

  private static final Duration STREAM_COUNT = Duration.ofMinutes(1);

  private final CoordinatorConfig config;
  private final CoordinatorMetrics metrics;
  private final Admin admin;
  private final Cluster cluster;
  private final Producer<byte[], byte[]> producer;
  private final RunLogAppender appender;
  private final CoordinatorBeat beat;
  private final BeatLedger ledger;
  private final StepBook book;
  private final UnadoptedWatch unadopted = new UnadoptedWatch();
  private final TopicTail beats;
  private final TopicTail steps;
  private final StreamPublisher publisher;
  private final ScheduledExecutorService clockwork =
      Executors.newScheduledThreadPool(1, daemon("millrace-coordinator-beat"));
  private final ScheduledExecutorService questions =
      Executors.newScheduledThreadPool(2, daemon("millrace-coordinator-questions"));

  private Services(CoordinatorConfig config, Admin admin, CoordinatorMetrics metrics) {
    this.config = config;
    this.metrics = metrics;
    this.admin = admin;
    this.cluster = new Cluster(admin);
    Namespace namespace = config.namespace();
    this.producer = ShellClients.producer(ShellClients.plain(config.kafka(), "coordinator"));
    this.appender = new RunLogAppender(producer, namespace.runs());
    Duration lease = config.lease();
    this.beat = new CoordinatorBeat(producer, namespace.workers(), lease);
    this.ledger = new BeatLedger(beat.incarnation(), lease);
    this.book = new StepBook(config.limits(), config.checkWorkflows());
    this.beats = new TopicTail(namespace.workers(), this::tailReader, this::heard);
    this.steps = new TopicTail(namespace.steps(), this::tailReader, this::registered);
    this.publisher = new StreamPublisher(config.specs(), cluster, this::factReader, producer);
  }

  /**
   * @throws BrokerUnavailableException if nobody answers
   */
  static Services connect(CoordinatorConfig config, CoordinatorMetrics metrics) {
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "millrace-coordinator-admin");
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) BROKER_ANSWER.toMillis());
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) BROKER_ANSWER.toMillis() / 2);
    // Asked about a group that is of another kind than it thought, it asks again after this time.
    settings.putIfAbsent(AdminClientConfig.RETRY_BACKOFF_MS_CONFIG, RETRY_BACKOFF_MILLIS);
    Admin admin;
    try {
      admin = Admin.create(settings);
    } catch (KafkaException e) {
      throw new BrokerUnavailableException(
          config.bootstrapServers(), Duration.ZERO, e.getCause() == null ? e : e.getCause());
    }
    try {
      admin.describeCluster().nodes().get();
      return new Services(config, admin, metrics);
    } catch (ExecutionException e) {
      admin.close(Duration.ZERO);
      throw new BrokerUnavailableException(
          config.bootstrapServers(), BROKER_ANSWER, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      admin.close(Duration.ZERO);
      Thread.currentThread().interrupt();
      throw new CoordinatorException("interrupted while connecting", e);
    }
  }

  /** Reads registrations and beats; returns when all that was there is known. */
  void startReaders() {
    beats.start();
    steps.start();
    clockwork.scheduleAtFixedRate(guarded("beat", () -> beat.beat(false)), 0, 1, TimeUnit.SECONDS);
    try {
      if (!steps.awaitCaughtUp(CATCH_UP) || !beats.awaitCaughtUp(CATCH_UP)) {
        throw new CoordinatorException(
            "registrations and beats could not be read within "
                + CATCH_UP.toSeconds()
                + " s; the log says why: check the rights to read "
                + config.namespace().steps()
                + " and "
                + config.namespace().workers(),
            null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CoordinatorException("interrupted while starting", e);
    }
  }

  /** Publisher, check of unadopted work, sweeper. */
  void startWorkers() {
    publisher.start();
    UnadoptedCheck check =
        new UnadoptedCheck(unadopted, new ClusterOffsets(), new RegisteredNames(), appender);
    questions.scheduleWithFixedDelay(
        guarded("check of unadopted work", () -> check.run(System.currentTimeMillis())),
        1,
        1,
        TimeUnit.SECONDS);
    OrphanSweeper sweeper =
        OrphanSweeper.of(
            config.namespace(),
            cluster,
            new InspectingLookup(this::answerReader, appender, config.namespace().replies()),
            config.limits().streamRetention());
    questions.scheduleWithFixedDelay(
        guarded("count of streams", this::countStreams),
        0,
        STREAM_COUNT.toMillis(),
        TimeUnit.MILLISECONDS);
    long sweep = config.sweepInterval().toMillis();
    questions.scheduleWithFixedDelay(
        guarded("sweep", sweeper), sweep, sweep, TimeUnit.MILLISECONDS);
  }

  private void countStreams() {
    long streams = cluster.topics().stream().filter(config.namespace()::isStreamTopic).count();
    metrics.streamTopics((int) streams);
  }

  CoordinatorMetrics metrics() {
    return metrics;
  }

  Admin admin() {
    return admin;
  }

  RunLogAppender appender() {
    return appender;
  }

  BeatLedger ledger() {
    return ledger;
  }

  StepBook book() {
    return book;
  }

  UnadoptedWatch unadopted() {
    return unadopted;
  }

  @Override
  public void close() {
    stop(questions);
    stop(clockwork);
    publisher.close();
    steps.close();
    beats.close();
    producer.close(Duration.ofSeconds(5));
    admin.close(Duration.ofSeconds(5));
  }

  private void heard(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() != null) {
      ledger.hear(BEAT.decode(record.value()), record.timestamp());
    }
  }

  private void registered(ConsumerRecord<byte[], byte[]> record) {
    StepRegistration step = book.read(record.key(), record.value());
    if (step != null) {
      metrics.step(new StepName(step.getWorkflow(), step.getStep()));
      new Topics(cluster, config.specs()).ensureEvents(step);
    }
  }

  private Consumer<byte[], byte[]> factReader() {
    return reader(
        Map.of(
            ConsumerConfig.GROUP_ID_CONFIG,
            publisherGroup(config),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            6_000,
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
            1_500,
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
            1_000));
  }

  /** Nothing is ever assigned anew to it, so the broker may hold its fetches for long. */
  private Consumer<byte[], byte[]> tailReader() {
    return reader(Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 5_000));
  }

  static String publisherGroup(CoordinatorConfig config) {
    return config.namespace().name() + "-publisher";
  }

  private Consumer<byte[], byte[]> answerReader() {
    return reader(Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"));
  }

  private Consumer<byte[], byte[]> reader(Map<String, Object> more) {
    return ShellClients.reader(config.kafka(), more);
  }

  /** An error must not end a schedule. */
  private static Runnable guarded(String what, Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        LOG.warn("{} failed, it is tried again error={}", what, e.toString());
      }
    };
  }

  private static void stop(ExecutorService executor) {
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("a thread of the coordinator does not stop, the process goes on without it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static java.util.concurrent.ThreadFactory daemon(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private final class ClusterOffsets implements UnadoptedCheck.Offsets {
    private final GroupOffsets groups = new GroupOffsets(admin);

    @Override
    public Map<TopicPartition, Long> ends(List<String> topics) {
      return cluster.ends(topics);
    }

    @Override
    public Map<TopicPartition, Long> consumed(UnadoptedCheck.StepGroup group) {
      return groups.consumed(group.id(), group.kind());
    }
  }

  private final class RegisteredNames implements UnadoptedCheck.Names {
    @Override
    public UnadoptedCheck.@Nullable StepGroup group(String workflow, String step) {
      StepRegistration registration = book.registration(workflow, step);
      return registration == null
          ? null
          : new UnadoptedCheck.StepGroup(registration.getGroupId(), registration.getTaskSource());
    }

    @Override
    public String topic(String workflow, String eventType) {
      return config.namespace().events(workflow, eventType);
    }
  }
}
