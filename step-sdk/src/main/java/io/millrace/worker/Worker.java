package io.millrace.worker;

import io.millrace.observe.Observer;
import io.millrace.protocol.CancelNotice;
import io.millrace.serde.SchemaIds;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs steps of one workflow until it is closed. At start it waits for broker and registry, makes
 * topics, registers schemas and steps; then one {@link Life} does the work. When a life can no
 * longer say what it did (law 5), it ends, and this starts the next one under a new name.
 *
 * <p>{@link #start} and {@link #close} may be called by any thread, once each.
 */
public final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final long REBIRTH_PAUSE_MILLIS = 1_000;

  private record Fate(@Nullable Life life, String why, @Nullable Throwable cause) {}

  private final String workflow;
  private final List<WorkerStep> steps;
  private final WorkerConfig config;
  private final Observer observer;
  private final KafkaClients clients;
  private final StepCatalog catalog;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final LinkedBlockingQueue<Fate> fates = new LinkedBlockingQueue<>();
  private volatile @Nullable Life life;
  private @Nullable Admin admin;
  private @Nullable ControlTail tail;
  private @Nullable Thread tailThread;
  private @Nullable Thread supervisor;

  /**
   * Nothing is contacted yet.
   *
   * @param observer is closed with the worker
   */
  public Worker(String workflow, List<WorkerStep> steps, WorkerConfig config, Observer observer) {
    this.workflow = workflow;
    this.steps = List.copyOf(steps);
    this.config = config;
    this.observer = observer;
    this.clients = new KafkaClients(config);
    this.catalog = new StepCatalog(workflow);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a worker needs at least one step");
    }
  }

  /**
   * Returns once work is taken.
   *
   * @throws BrokerUnavailableException if no broker answers within the startup timeout
   * @throws io.millrace.registry.SchemaRegistryException named: unavailable, incompatible schema...
   * @throws io.millrace.protocol.MissingRightsException if the broker does not allow what steps do
   * @throws StepConflictException if a different step has the same name and version
   * @throws TaskSourceConflictException if a step's group is of the other kind
   * @throws UnsupportedTaskSourceException if a step asks for a share group where there are none
   * @throws InterruptedException if interrupted, or closed meanwhile
   */
  public synchronized void start() throws InterruptedException {
    LOG.info("Starting. workflow={} {}", workflow, config);
    boolean started = false;
    try {
      prepare();
      bear();
      supervisor = StepThreads.daemons("millrace-worker").newThread(this::supervise);
      supervisor.start();
      started = true;
    } finally {
      if (!started) {
        closing.countDown();
        release();
      }
    }
    LOG.info(
        "Ready. workflow={} steps={} incarnation={}",
        workflow,
        steps.stream().map(WorkerStep::name).toList(),
        incarnation());
  }

  private void prepare() throws InterruptedException {
    Patience patience = new Patience(config.startupTimeout(), closing);
    Registrar registrar = new Registrar(config.topics(), steps);
    Admin connected = clients.admin();
    admin = connected;
    String kafka = "Kafka at " + config.source().text("bootstrap.servers", "");
    patience.until(kafka, () -> connected.describeCluster().clusterId().get(5, TimeUnit.SECONDS));
    patience.until(
        kafka,
        () -> {
          // Before, because what may not be seen looks as if it were missing; after, what was.
          registrar.checkRights(connected, config.source().kafka());
          registrar.createTopics(connected);
          registrar.checkRights(connected, config.source().kafka());
          return true;
        });
    StepGroups groups = new StepGroups(connected, Registrar.rights(config.source().kafka()));
    patience.until(
        kafka,
        () -> {
          for (WorkerStep step : steps) {
            groups.prepare(step.registration());
          }
          return true;
        });
    registerSchemas(registrar, patience);
    ControlTail following =
        new ControlTail(clients.tailConsumer(), config.namespace(), catalog::learn, this::cancel);
    tail = following;
    patience.until(
        kafka,
        () -> {
          following.catchUp();
          return true;
        });
    try (Producer<byte[], byte[]> producer = clients.runLogProducer(new Incarnation())) {
      patience.until(
          kafka,
          () -> {
            registrar.announce(catalog, producer);
            return true;
          });
    }
    tailThread = StepThreads.daemons("millrace-tail").newThread(following::follow);
    tailThread.start();
  }

  /** A deployment that names a serializer of its own leaves registration to it. */
  private void registerSchemas(Registrar registrar, Patience patience) throws InterruptedException {
    if (config.source().text("event.serializer").isPresent()) {
      return;
    }
    SchemaIds schemas = SchemaIds.forValues(config.source().asMap());
    patience.until(
        "schema registry at " + config.source().text("schema.registry.url", ""),
        () -> {
          registrar.registerSchemas(schemas);
          return true;
        });
  }

  private void bear() throws InterruptedException {
    Admin connected = Objects.requireNonNull(admin);
    Life[] born = new Life[1];
    born[0] =
        new Life(
            config,
            clients,
            workflow,
            steps,
            catalog,
            new StreamTopics(connected, config.topics()),
            (why, cause) -> fates.add(new Fate(born[0], why, cause)),
            observer);
    life = born[0];
    born[0].start();
    observer.ready(true);
  }

  private void cancel(CancelNotice notice) {
    Life current = life;
    if (current != null && notice.getWorker().equals(current.incarnation().id())) {
      current.tries().cancel(notice);
    }
  }

  /** Ends a life that failed, and begins the next. */
  private void supervise() {
    try {
      while (closing.getCount() > 0) {
        Fate fate = fates.poll(REBIRTH_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        if (fate != null && fate.life() != null && fate.life() == life && closing.getCount() > 0) {
          LOG.error(
              "This incarnation ends: {}. Its work is left to others, and a new one begins."
                  + " workflow={} incarnation={}",
              fate.why(),
              workflow,
              incarnation(),
              fate.cause());
          observer.ready(false);
          fate.life().end();
          bearAgain();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("The supervisor was interrupted; the worker closes.");
    }
  }

  private void bearAgain() throws InterruptedException {
    while (!closing.await(REBIRTH_PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
      try {
        bear();
        LOG.info("Ready again. workflow={} incarnation={}", workflow, incarnation());
        return;
      } catch (KafkaException e) {
        LOG.error("A new incarnation cannot begin; trying again. workflow={}", workflow, e);
      }
    }
  }

  /** Blocks until {@link #close} has ended. */
  public void awaitClosed() throws InterruptedException {
    closed.await();
  }

  /** This life's name; empty before the start. */
  public String incarnation() {
    Life current = life;
    return current == null ? "" : current.incarnation().id();
  }

  /**
   * Takes no more work, waits up to the drain timeout for what runs, leaves the rest to others,
   * says goodbye. An interrupt shortens the waiting.
   */
  @Override
  public void close() {
    closing.countDown();
    synchronized (this) {
      if (closed.getCount() == 0) {
        return;
      }
      LOG.info("Closing. workflow={} incarnation={}", workflow, incarnation());
      observer.ready(false);
      try {
        Thread supervising = supervisor;
        if (supervising != null) {
          fates.add(new Fate(null, "closing", null)); // so that it looks up at once
          supervising.join();
        }
        Life last = life;
        if (last != null) {
          last.close(config.drainTimeout());
        }
        warnOfLateFates();
      } catch (InterruptedException e) {
        LOG.warn("Closing was interrupted; work that still runs is left to others.");
        Thread.currentThread().interrupt();
      } finally {
        release();
        closed.countDown();
        LOG.info("Closed. workflow={}", workflow);
      }
    }
  }

  /** What fails while closing is mended by nobody, and hurts no run; but it is said. */
  private void warnOfLateFates() {
    for (Fate fate = fates.poll(); fate != null; fate = fates.poll()) {
      if (fate.life() != null) {
        LOG.warn(
            "While this worker closed: {}. What it had not acknowledged comes to others again."
                + " workflow={}",
            fate.why(),
            workflow,
            fate.cause());
      }
    }
  }

  private void release() {
    observer.close();
    if (tailThread != null && tail != null) {
      tail.wakeup(); // its thread closes the consumer
    } else if (tail != null) {
      tail.close();
    }
    tail = null;
    if (admin != null) {
      admin.close(Duration.ofSeconds(5));
      admin = null;
    }
  }
}
