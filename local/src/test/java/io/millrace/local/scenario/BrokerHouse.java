package io.millrace.local.scenario;

import io.millrace.WorkflowClient;
import io.millrace.local.LocalMillrace;
import io.millrace.local.behaviour.Workshop;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * One broker, coordinator and client on which scenarios are played side by side, several at a time.
 * Thread-safe.
 */
final class BrokerHouse implements Executor, AutoCloseable {
  private static final int AT_A_TIME = Integer.getInteger("scenario.parallel", 8);

  private final LocalMillrace millrace;
  private final Workshop workshop;
  private final WorkflowClient client;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Registrations registrations;
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
  private final Map<Scenario, Future<?>> played = new HashMap<>();
  private final AtomicInteger workflows = new AtomicInteger();

  /** Read by scenarios at play, written by a restart. */
  private final ReentrantReadWriteLock undisturbed = new ReentrantReadWriteLock();

  BrokerHouse(LocalMillrace millrace) {
    this.millrace = millrace;
    this.workshop = new Workshop(millrace);
    this.client = millrace.client();
    this.producer =
        new KafkaProducer<>(
            workshop.config().kafka(), new ByteArraySerializer(), new ByteArraySerializer());
    this.registrations = new Registrations(workshop, client, producer);
  }

  Registrations registrations() {
    return registrations;
  }

  /** Begins with all of them; {@link #play} waits for one. */
  void begin(List<Scenario> scenarios) {
    scenarios.forEach(scenario -> played.put(scenario, threads.submit(() -> playNow(scenario))));
  }

  private Void playNow(Scenario scenario) throws Exception {
    String workflow = "w" + workflows.incrementAndGet();
    undisturbed.readLock().lock();
    try (BrokerStage stage = new BrokerStage(this, workflow, scenario.inOrder())) {
      stage.deploy(scenario.steps().get().toArray());
      scenario.script().play(stage);
    } finally {
      undisturbed.readLock().unlock();
    }
    return null;
  }

  @Override
  public void play(Scenario scenario) throws Exception {
    try {
      Objects.requireNonNull(played.get(scenario), scenario.name()).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  WorkflowClient client() {
    return client;
  }

  Workshop workshop() {
    return workshop;
  }

  /**
   * For a scenario at play. Waits until the others have ended: how long a restart takes is no
   * concern of theirs.
   */
  void restartCoordinator() {
    undisturbed.readLock().unlock();
    undisturbed.writeLock().lock();
    try {
      millrace.stopCoordinator();
      millrace.startCoordinator();
    } finally {
      undisturbed.readLock().lock();
      undisturbed.writeLock().unlock();
    }
  }

  void writeToRunLog(String runId, byte[] input) {
    producer.send(
        new ProducerRecord<>(
            workshop.namespace().runs(), runId.getBytes(StandardCharsets.UTF_8), input));
    producer.flush();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    registrations.close();
    producer.close();
  }
}
