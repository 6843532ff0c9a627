package io.millrace.local.worker;

import io.millrace.Event;
import io.millrace.config.MillraceConfig;
import io.millrace.event.EventCodec;
import io.millrace.event.EventCodecs;
import io.millrace.event.EventType;
import io.millrace.local.LocalMillrace;
import io.millrace.protocol.CancelNotice;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import io.millrace.protocol.Headers;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.RunInput;
import io.millrace.protocol.Token;
import io.millrace.protocol.Unwanted;
import io.millrace.serde.ProtocolCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** Plays the coordinator by hand: writes dispatches, reads what workers said. One test thread. */
final class Mill implements AutoCloseable {
  static final String WORKFLOW = "mill";
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final MillraceConfig config;
  private final EventCodec codec;
  private final ProtocolCodec<Dispatch> dispatches = ProtocolCodec.of(Dispatch.class);
  private final ProtocolCodec<RunInput> inputs = ProtocolCodec.of(RunInput.class);
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<RunInput> runLog = new ArrayList<>();
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  final Admin admin;

  Mill(LocalMillrace millrace) {
    this(MillraceConfig.of(millrace.config()));
  }

  Mill(MillraceConfig config) {
    this.config = config;
    this.codec = EventCodecs.of(config.asMap());
    this.producer =
        new KafkaProducer<>(config.kafka(), new ByteArraySerializer(), new ByteArraySerializer());
    this.admin = Admin.create(config.kafka());
  }

  MillraceConfig config() {
    return config;
  }

  Namespace namespace() {
    return config.namespace();
  }

  Token token(String executionId) {
    return new Token(executionId, 1, 0, 42L);
  }

  /** One record for one execution of a step. */
  void dispatch(String runId, String step, String executionId, Event event) throws Exception {
    EventType type = codec.typeOf(event.getClass());
    Dispatch dispatch =
        Dispatch.newBuilder()
            .setRunId(runId)
            .setWorkflow(WORKFLOW)
            .setEventId("event-of-" + executionId)
            .setEventType(type.name())
            .setKind(type.kind())
            .setEpoch(0)
            .setSequence(1)
            .setTargets(
                List.of(
                    DispatchTarget.newBuilder()
                        .setToken(token(executionId))
                        .setStep(step)
                        .setFirstDispatchedAt(Instant.now())
                        .build()))
            .build();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            namespace().events(WORKFLOW, type.name()),
            dispatch.getEventId().getBytes(StandardCharsets.UTF_8),
            codec.encode(event, WORKFLOW));
    record.headers().add(Headers.DISPATCH, dispatches.encode(dispatch));
    send(record);
  }

  /** As the coordinator does when a run no longer wants an execution. */
  void cancel(String worker, String runId, String executionId) throws Exception {
    CancelNotice notice =
        new CancelNotice(
            worker, runId, List.of(new Unwanted(executionId, 0)), "the run was cancelled");
    send(
        new ProducerRecord<>(
            namespace().cancels(),
            worker.getBytes(StandardCharsets.UTF_8),
            ProtocolCodec.of(CancelNotice.class).encode(notice)));
  }

  void send(ProducerRecord<byte[], byte[]> record) throws Exception {
    producer.send(record).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Everything on the run log so far whose body is of this class. */
  <T> List<T> said(Class<T> body) {
    read(namespace().runs()).forEach(record -> runLog.add(inputs.decode(record.value())));
    return runLog.stream().map(RunInput::getBody).filter(body::isInstance).map(body::cast).toList();
  }

  <T> List<T> awaitSaid(Class<T> body, Predicate<List<T>> enough) {
    List<T> said = new ArrayList<>();
    Awaitility.await(body.getSimpleName())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .pollInSameThread()
        .until(
            () -> {
              said.clear();
              said.addAll(said(body));
              return enough.test(said);
            });
    return said;
  }

  /** What is new on a topic since the last call, all partitions. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Map<String, Object> settings = config.kafka();
    // Whoever closes a consumer waits for the answer to its last fetch.
    settings.put("fetch.max.wait.ms", 10);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      partitions.forEach(p -> consumer.seek(p, positions.getOrDefault(p, 0L)));
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(50)).forEach(records::add);
      }
      partitions.forEach(p -> positions.put(p, consumer.position(p)));
    }
    return records;
  }

  /** How many records the step's group has dealt with, of whichever kind it is. */
  long committed(String step) throws Exception {
    String group = namespace().group(WORKFLOW, step);
    return committedAsConsumers(group) + dealtWithAsShare(group);
  }

  private long committedAsConsumers(String group) throws Exception {
    try {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .values()
          .stream()
          .mapToLong(offset -> offset == null ? 0 : offset.offset())
          .sum();
    } catch (ExecutionException e) {
      return zeroIfNoSuchGroup(e);
    }
  }

  private long dealtWithAsShare(String group) throws Exception {
    Map<TopicPartition, SharePartitionOffsetInfo> offsets;
    try {
      offsets =
          admin
              .listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
              .partitionsToOffsetInfo(group)
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return zeroIfNoSuchGroup(e);
    }
    long sum = 0;
    for (Map.Entry<TopicPartition, SharePartitionOffsetInfo> partition : offsets.entrySet()) {
      if (partition.getValue() != null) {
        long end =
            admin
                .listOffsets(Map.of(partition.getKey(), OffsetSpec.latest()))
                .partitionResult(partition.getKey())
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .offset();
        sum += end - partition.getValue().lag().orElse(end);
      }
    }
    return sum;
  }

  private static long zeroIfNoSuchGroup(ExecutionException e) throws ExecutionException {
    if (e.getCause() instanceof GroupIdNotFoundException) {
      return 0;
    }
    throw e;
  }

  void awaitCommitted(String step, long sum) {
    Awaitility.await("offsets of " + step).atMost(PATIENCE).until(() -> committed(step) == sum);
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
