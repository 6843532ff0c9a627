package io.millrace.local.client;

import io.millrace.config.MillraceConfig;
import io.millrace.protocol.CancelAccepted;
import io.millrace.protocol.CancelRun;
import io.millrace.protocol.EventAccepted;
import io.millrace.protocol.EventData;
import io.millrace.protocol.ExternalEvent;
import io.millrace.protocol.Headers;
import io.millrace.protocol.InspectRun;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RedriveAccepted;
import io.millrace.protocol.RedriveRun;
import io.millrace.protocol.RefusalCode;
import io.millrace.protocol.Refused;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RequestInfo;
import io.millrace.protocol.RunInput;
import io.millrace.protocol.RunOutcome;
import io.millrace.protocol.RunSnapshot;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StartAccepted;
import io.millrace.protocol.StartRun;
import io.millrace.protocol.StepRegistration;
import io.millrace.protocol.TopicCreation;
import io.millrace.protocol.TopicSettings;
import io.millrace.protocol.TopicSpecs;
import io.millrace.serde.ProtocolCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Answers a client's requests by the protocol and lets the test say how and when each run ends. For
 * what a real coordinator does not do on demand: silence, refusals, late terminal events.
 */
final class ScriptedCoordinator implements AutoCloseable {
  private static final ProtocolCodec<RunInput> INPUT = ProtocolCodec.of(RunInput.class);
  private static final ProtocolCodec<Reply> REPLY = ProtocolCodec.of(Reply.class);
  private static final ProtocolCodec<RunOutcome> OUTCOME = ProtocolCodec.of(RunOutcome.class);
  private static final ProtocolCodec<StepRegistration> REGISTRATION =
      ProtocolCodec.of(StepRegistration.class);

  private record Run(StartRun start, AtomicBoolean finished) {}

  final List<RunInput> inputs = new CopyOnWriteArrayList<>();
  final Map<String, Refused> refusals = new ConcurrentHashMap<>();
  volatile boolean silent;

  private final Namespace namespace;
  private final TopicSpecs specs;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Run> runs = new ConcurrentHashMap<>();
  private final Map<String, RunOutcome> outcomes = new ConcurrentHashMap<>();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Thread thread = new Thread(this::run, "scripted-coordinator");

  ScriptedCoordinator(Map<String, String> settings) {
    MillraceConfig config = MillraceConfig.of(settings);
    namespace = config.namespace();
    specs = new TopicSpecs(namespace, TopicSettings.from(config));
    admin = Admin.create(config.kafka());
    TopicCreation.ensure(admin, specs.system());
    Map<String, Object> writer = config.kafka();
    writer.put("retry.backoff.ms", 5); // its topics are new, and not every partition has a leader
    producer = new KafkaProducer<>(writer, new ByteArraySerializer(), new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            config.kafka(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> log =
        IntStream.range(0, specs.runs().partitions())
            .mapToObj(p -> new TopicPartition(namespace.runs(), p))
            .toList();
    consumer.assign(log);
    consumer.seekToBeginning(log);
    thread.start();
  }

  void register(StepRegistration step) {
    send(namespace.steps(), step.getWorkflow() + "/" + step.getStep(), REGISTRATION.encode(step));
  }

  /** Writes to the run's stream as a worker does. */
  void stream(
      String runId, String execution, int attempt, String tryId, int sequence, Event event) {
    ProducerRecord<byte[], byte[]> record = onStream(runId, event);
    header(record, Headers.STREAM_ENTRY, "event");
    header(record, Headers.EXECUTION_ID, execution);
    header(record, Headers.STEP, "work");
    header(record, Headers.ATTEMPT, "" + attempt);
    header(record, Headers.ROUND, "1");
    header(record, Headers.TRY, tryId);
    header(record, Headers.SEQUENCE, "" + sequence);
    await(record);
  }

  /** Writes to the run's stream as the publisher does. */
  void prompt(String runId, String promptId, Event event) {
    ProducerRecord<byte[], byte[]> record = onStream(runId, event);
    header(record, Headers.STREAM_ENTRY, "prompt");
    header(record, Headers.EVENT_KIND, "INPUT_REQUIRED");
    header(record, Headers.EVENT_ID, promptId);
    header(record, Headers.FACT_ID, "prompt-" + promptId);
    await(record);
  }

  record Event(String type, byte[] value) {}

  private ProducerRecord<byte[], byte[]> onStream(String runId, Event event) {
    TopicCreation.ensure(admin, List.of(specs.stream(workflow(runId), runId)));
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(namespace.stream(workflow(runId), runId), event.value());
    header(record, Headers.EVENT_TYPE, event.type());
    return record;
  }

  void terminal(RunOutcome outcome) {
    ProducerRecord<byte[], byte[]> record =
        onStream(outcome.getRunId(), new Event("terminal", OUTCOME.encode(outcome)));
    header(record, Headers.STREAM_ENTRY, "terminal");
    header(record, Headers.FACT_ID, "terminal-" + outcome.getEpoch());
    header(record, Headers.EPOCH, "" + outcome.getEpoch());
    await(record);
  }

  void deleteStream(String runId) throws InterruptedException, ExecutionException {
    admin.deleteTopics(List.of(namespace.stream(workflow(runId), runId))).all().get();
  }

  boolean hasStream(String runId) throws InterruptedException, ExecutionException {
    return admin.listTopics().names().get().contains(namespace.stream(workflow(runId), runId));
  }

  RunOutcome.Builder outcome(String runId, OutcomeStatus status) {
    Instant now = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    return RunOutcome.newBuilder()
        .setRunId(runId)
        .setWorkflow(workflow(runId))
        .setEpoch(0)
        .setStatus(status)
        .setStartedAt(now)
        .setEndedAt(now);
  }

  void end(RunOutcome outcome) {
    outcomes.put(outcome.getRunId(), outcome);
    known(outcome.getRunId()).finished().set(true);
    send(namespace.outcomes(), outcome.getRunId(), OUTCOME.encode(outcome));
  }

  EventData startEvent(String runId) {
    return known(runId).start().getEvent();
  }

  private Run known(String runId) {
    return Objects.requireNonNull(runs.get(runId), runId);
  }

  private String workflow(String runId) {
    return known(runId).start().getWorkflow();
  }

  private void run() {
    while (!stopped.get()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
        RunInput input = INPUT.decode(record.value());
        inputs.add(input);
        if (!silent) {
          answer(input);
        }
      }
    }
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }

  private void answer(RunInput input) {
    String runId = input.getRunId();
    Object body = input.getBody();
    if (body instanceof StartRun start) {
      Run now = new Run(start, new AtomicBoolean());
      boolean existing = runs.putIfAbsent(runId, now) != null;
      reply(start.getRequest(), runId, new StartAccepted(existing));
    } else if (body instanceof InspectRun inspect) {
      reply(inspect.getRequest(), runId, snapshot(runId));
    } else if (body instanceof ExternalEvent event) {
      boolean seen =
          inputs.stream()
                  .filter(
                      i ->
                          i.getBody() instanceof ExternalEvent e
                              && e.getEvent().getId().equals(event.getEvent().getId()))
                  .count()
              > 1;
      reply(event.getRequest(), runId, new EventAccepted(seen));
    } else if (body instanceof RedriveRun redrive) {
      outcomes.remove(runId);
      known(runId).finished().set(false);
      reply(redrive.getRequest(), runId, new RedriveAccepted(1, 3));
    } else if (body instanceof CancelRun cancel) {
      reply(cancel.getRequest(), runId, new CancelAccepted(known(runId).finished().get()));
      if (!known(runId).finished().get()) {
        end(outcome(runId, OutcomeStatus.CANCELLED).setReason(cancel.getReason()).build());
      }
    }
  }

  private Object snapshot(String runId) {
    if (!runs.containsKey(runId)) {
      return new Refused(RefusalCode.UNKNOWN_RUN, "no such run");
    }
    RunOutcome end = outcomes.get(runId);
    return new RunSnapshot(
        end == null ? RunStatus.RUNNING : RunStatus.valueOf(end.getStatus().name()),
        workflow(runId),
        0,
        Instant.ofEpochMilli(0),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        false);
  }

  private void reply(RequestInfo request, String runId, Object answer) {
    Refused refused = refusals.get(runId);
    Reply reply =
        new Reply(request.getId(), runId, refused == null ? answer : refused, outcomes.get(runId));
    await(
        new ProducerRecord<>(
            namespace.replies(),
            request.getReplyPartition(),
            request.getId().getBytes(StandardCharsets.UTF_8),
            REPLY.encode(reply)));
  }

  private void send(String topic, String key, byte[] value) {
    await(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
  }

  private void await(ProducerRecord<byte[], byte[]> record) {
    try {
      producer.send(record).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("the test could not write to " + record.topic(), e);
    }
  }

  private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws InterruptedException {
    stopped.set(true);
    thread.join();
    producer.close();
    admin.close();
  }
}
