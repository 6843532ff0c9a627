package io.millrace.coordinator.app;

import io.millrace.protocol.ProcessKind;
import io.millrace.protocol.WorkerBeat;
import io.millrace.serde.ProtocolCodec;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The coordinator's own beat on the workers topic: it keeps the clock by which silence is measured
 * going when all workers are silent (law 13).
 */
final class CoordinatorBeat {
  private static final Logger LOG = LoggerFactory.getLogger(CoordinatorBeat.class);
  private static final ProtocolCodec<WorkerBeat> CODEC = ProtocolCodec.of(WorkerBeat.class);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final Duration lease;
  private final String incarnation = "coordinator-" + UUID.randomUUID();
  private final String host = host();

  CoordinatorBeat(Producer<byte[], byte[]> producer, String topic, Duration lease) {
    this.producer = producer;
    this.topic = topic;
    this.lease = lease;
  }

  String incarnation() {
    return incarnation;
  }

  void beat(boolean goodbye) {
    WorkerBeat beat =
        new WorkerBeat(
            incarnation,
            ProcessKind.COORDINATOR,
            "",
            List.of(),
            host,
            0,
            0,
            lease.toMillis(),
            goodbye);
    producer.send(
        new ProducerRecord<>(
            topic, incarnation.getBytes(StandardCharsets.UTF_8), CODEC.encode(beat)),
        (metadata, error) -> {
          if (error != null) {
            LOG.warn("beat was not written, the next one follows error={}", error.toString());
          }
        });
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
