package io.millrace.local.behaviour;

import io.millrace.config.MillraceConfig;
import io.millrace.local.LocalMillrace;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.RunInput;
import io.millrace.serde.ProtocolCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The topics of a test's namespace, bare: what a stranger could read from and write to them. */
final class Topic implements AutoCloseable {
  static final ProtocolCodec<RunInput> INPUTS = ProtocolCodec.of(RunInput.class);
  private static final int LARGEST_REQUEST = 16 * 1024 * 1024;

  private final MillraceConfig config;
  private final KafkaProducer<byte[], byte[]> producer;

  private Topic(LocalMillrace millrace) {
    config = MillraceConfig.of(millrace.config());
    Map<String, Object> settings = config.kafka();
    settings.put("max.request.size", LARGEST_REQUEST);
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Closed at the end of the test. */
  static Topic access(LocalMillrace millrace) {
    return millrace.closeAtEnd(new Topic(millrace));
  }

  Namespace names() {
    return config.namespace();
  }

  void write(String topic, @Nullable String key, byte @Nullable [] value) throws Exception {
    write(new ProducerRecord<>(topic, key == null ? null : utf8(key), value));
  }

  void write(ProducerRecord<byte[], byte[]> record) throws Exception {
    producer.send(record).get(Until.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  int partitions(String topic) {
    return producer.partitionsFor(topic).size();
  }

  /** Everything that is there now, of committed transactions. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    Map<String, Object> settings = config.kafka();
    settings.put("isolation.level", "read_committed");
    // Whoever closes a consumer waits for the answer to its last fetch.
    settings.put("fetch.max.wait.ms", 10);
    settings.put("fetch.max.bytes", LARGEST_REQUEST);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (all.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(50)).forEach(records::add);
      }
    }
    return records;
  }

  /** The inputs of a run so far that have such a body, as they are on the run log. */
  List<ConsumerRecord<byte[], byte[]>> inputs(String runId, Class<?> body) {
    return read(names().runs()).stream()
        .filter(record -> record.value() != null)
        .filter(record -> record.key() != null && runId.equals(text(record.key())))
        .filter(record -> body.isInstance(INPUTS.decode(record.value()).getBody()))
        .toList();
  }

  static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return record.headers().lastHeader(name) == null
        ? null
        : text(record.headers().lastHeader(name).value());
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
  }
}
