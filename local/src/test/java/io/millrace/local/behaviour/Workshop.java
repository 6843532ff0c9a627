package io.millrace.local.behaviour;

import io.millrace.StepWorker;
import io.millrace.WorkflowClient;
import io.millrace.config.MillraceConfig;
import io.millrace.local.LocalMillrace;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.RunOutcome;
import io.millrace.serde.ProtocolCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Workers and clients of one test, closed with it, and a look at what is on the topics. For one
 * thread.
 */
public final class Workshop {
  /** Longer than anything takes on a machine that has other things to do. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LocalMillrace millrace;
  private final MillraceConfig config;

  public Workshop(LocalMillrace millrace) {
    this.millrace = millrace;
    this.config =
        MillraceConfig.of(millrace.config()).with(Map.of("millrace.drain.timeout.ms", "100"));
  }

  public MillraceConfig config() {
    return config;
  }

  public Namespace namespace() {
    return config.namespace();
  }

  WorkflowClient client() {
    return client(Map.of());
  }

  WorkflowClient client(Map<String, ?> more) {
    return millrace.closeAtEnd(WorkflowClient.create(config.with(more)));
  }

  StepWorker worker(String workflow, Object... steps) {
    return worker(Map.of(), workflow, steps);
  }

  StepWorker worker(Map<String, ?> more, String workflow, Object... steps) {
    return millrace.closeAtEnd(
        StepWorker.of(workflow, steps).configuredBy(config.with(more)).start());
  }

  /** What the run log, or another topic keyed by run, holds of this run, in order. */
  public List<ConsumerRecord<byte[], byte[]>> ofRun(String topic, String runId) {
    byte[] key = runId.getBytes(StandardCharsets.UTF_8);
    return read(topic).stream().filter(record -> Arrays.equals(record.key(), key)).toList();
  }

  /** Every outcome that was ever committed for this run. */
  List<RunOutcome> outcomes(String runId) {
    ProtocolCodec<RunOutcome> codec = ProtocolCodec.of(RunOutcome.class);
    return ofRun(namespace().outcomes(), runId).stream()
        .map(record -> codec.decode(record.value()))
        .toList();
  }

  /** All that is committed on a topic now, by partition and offset. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put("isolation.level", "read_committed");
    // Whoever closes a consumer waits for the answer to its last fetch.
    settings.put("fetch.max.wait.ms", 10);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(50)).forEach(records::add);
      }
    }
    records.sort(
        Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
            .thenComparingLong(ConsumerRecord::offset));
    return records;
  }

  /** How many records a topic has had, over all partitions. */
  long end(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            config.kafka(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }

  Set<String> topics() throws Exception {
    try (Admin admin = Admin.create(config.kafka())) {
      return admin.listTopics().names().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /** Text of a record's header; empty when it has none. */
  public static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return record.headers().lastHeader(name) == null
        ? ""
        : new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  /** Waits with patience, and fails when it is at its end. */
  static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("what the test waits for did not happen within " + PATIENCE);
    }
  }
}
