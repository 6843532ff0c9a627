package io.millrace.coordinator.topology;

import io.millrace.coordinator.codec.RunInputCodec;
import io.millrace.coordinator.core.RunInput;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends what the coordinator noticed to the run log, through a plain producer: nothing may write
 * to the run log inside a transaction (law 2). Thread-safe.
 */
public final class RunLogAppender implements InputSink, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunLogAppender.class);
  private final Producer<byte[], byte[]> producer;
  private final String topic;

  public RunLogAppender(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  @Override
  public void append(String runId, RunInput input) {
    byte[] key = runId.getBytes(StandardCharsets.UTF_8);
    String kind = input.getClass().getSimpleName();
    try {
      producer.send(
          new ProducerRecord<>(topic, key, RunInputCodec.encode(runId, input)),
          (metadata, error) -> {
            if (error != null) {
              failed(runId, kind, error);
            }
          });
    } catch (KafkaException | IllegalStateException e) {
      failed(runId, kind, e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }

  private static void failed(String runId, String kind, Exception error) {
    LOG.warn(
        "append to the run log failed, repeated while it is still needed runId={} kind={} error={}",
        runId,
        kind,
        error.toString());
  }
}
