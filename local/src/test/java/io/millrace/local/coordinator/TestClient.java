package io.millrace.local.coordinator;

import io.millrace.protocol.Headers;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.RunInput;
import io.millrace.serde.ProtocolCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Plays workers and clients by hand: raw records in, raw records out. */
final class TestClient implements AutoCloseable {
  private static final ProtocolCodec<RunInput> INPUT = ProtocolCodec.of(RunInput.class);

  private final String bootstrap;
  final Namespace namespace;
  private final KafkaProducer<byte[], byte[]> producer;

  TestClient(String bootstrap, String namespace) {
    this.bootstrap = bootstrap;
    this.namespace = new Namespace(namespace);
    Properties settings = new Properties();
    settings.put("bootstrap.servers", bootstrap);
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  RecordMetadata input(String runId, Object body) {
    return send(namespace.runs(), null, runId, INPUT.encode(new RunInput(runId, body)));
  }

  RecordMetadata send(
      String topic, @Nullable Integer partition, @Nullable String key, byte @Nullable [] value) {
    return send(new ProducerRecord<>(topic, partition, key == null ? null : bytes(key), value));
  }

  RecordMetadata send(ProducerRecord<byte[], byte[]> record) {
    try {
      return producer.send(record).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first record, from the topic's beginning and read committed, that satisfies it. */
  ConsumerRecord<byte[], byte[]> await(
      String topic, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    return awaitSome(topic, 1, wanted).get(0);
  }

  List<ConsumerRecord<byte[], byte[]>> awaitSome(
      String topic, int count, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", bootstrap);
    settings.put("isolation.level", "read_committed");
    // Whoever closes a consumer waits for the answer to its last fetch.
    settings.put("fetch.max.wait.ms", 10);
    settings.put("auto.offset.reset", "earliest");
    settings.put("allow.auto.create.topics", false);
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<PartitionInfo> partitions = List.of();
      while (partitions.isEmpty() && System.nanoTime() < deadline) {
        partitions = consumer.partitionsFor(topic);
      }
      consumer.assign(
          partitions.stream().map(p -> new TopicPartition(topic, p.partition())).toList());
      while (System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (wanted.test(record)) {
            found.add(record);
          }
        }
        if (found.size() >= count) {
          return found;
        }
      }
    }
    throw new AssertionError(
        "only " + found.size() + " of " + count + " wanted records on " + topic);
  }

  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  static boolean isOfRun(ConsumerRecord<byte[], byte[]> record, String runId) {
    return header(record, Headers.RUN_ID).equals(runId);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
  }
}
