package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.step;

import io.millrace.RunHandle;
import io.millrace.StepWorker;
import io.millrace.StopEvent;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.local.behaviour.Workshop;
import io.millrace.local.scenario.Words.Begin;
import io.millrace.protocol.StepRegistration;
import io.millrace.serde.ProtocolCodec;
import io.millrace.step.StepDefinition;
import io.millrace.step.StepRegistrations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Tells when the coordinator has read what was registered: it reads registrations in order, so once
 * a run of a workflow of ours goes to a step that was registered last, it knows all before that. A
 * run that begins earlier goes to the steps that are known by then, and to no others. Thread-safe.
 */
final class Registrations implements AutoCloseable {
  private static final Workflow<Object, StopEvent> WORKFLOW =
      Workflow.of("known", Object.class, StopEvent.class);
  private static final ProtocolCodec<StepRegistration> CODEC =
      ProtocolCodec.of(StepRegistration.class);

  private final Workshop workshop;
  private final WorkflowClient client;
  private final Producer<byte[], byte[]> producer;
  private final StepWorker worker;
  private final AtomicInteger probes = new AtomicInteger();

  /** Its worker makes the topic of the event that the probes accept. */
  Registrations(Workshop workshop, WorkflowClient client, Producer<byte[], byte[]> producer) {
    this.workshop = workshop;
    this.client = client;
    this.producer = producer;
    this.worker =
        StepWorker.of(WORKFLOW.name(), probe("first")).configuredBy(workshop.config()).start();
  }

  private static StepDefinition probe(String name) {
    return step(name).handler(Begin.class, (begin, context) -> null);
  }

  /** Returns when all that was registered before this call is known. */
  void awaitKnown() {
    String name = "probe-" + probes.incrementAndGet();
    write(
        name,
        CODEC.encode(StepRegistrations.of(probe(name), WORKFLOW.name(), 1, workshop.namespace())));
    Awaitility.await("registrations are known")
        .atMost(Workshop.PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .pollInSameThread()
        .until(() -> isKnown(name));
    write(name, null);
  }

  private boolean isKnown(String name) {
    RunHandle<StopEvent> run = client.start(WORKFLOW, BEGIN);
    boolean known =
        run.inspect().executions().stream().anyMatch(execution -> execution.step().equals(name));
    run.cancel("seen");
    return known;
  }

  private void write(String name, byte @Nullable [] registration) {
    byte[] key = (WORKFLOW.name() + "/" + name).getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(workshop.namespace().steps(), key, registration));
    producer.flush();
  }

  @Override
  public void close() {
    worker.close();
  }
}
