package io.millrace.worker;

import io.millrace.protocol.CompletionChunk;
import io.millrace.protocol.Headers;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.RunInput;
import io.millrace.protocol.StepCompleted;
import io.millrace.protocol.StepFailed;
import io.millrace.protocol.StepStarted;
import io.millrace.protocol.StepSuspended;
import io.millrace.protocol.WorkerBeat;
import io.millrace.serde.ProtocolCodec;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a worker says about runs, through one idempotent producer: so what is said about
 * one run stays in order. The futures end on the producer's own thread, where nothing may wait.
 */
final class RunLog {
  private final Producer<byte[], byte[]> producer;
  private final Namespace namespace;
  private final ProtocolCodec<RunInput> inputs = ProtocolCodec.of(RunInput.class);
  private final ProtocolCodec<WorkerBeat> beats = ProtocolCodec.of(WorkerBeat.class);

  RunLog(Producer<byte[], byte[]> producer, Namespace namespace) {
    this.producer = producer;
    this.namespace = namespace;
  }

  CompletableFuture<Void> started(String runId, StepStarted body) {
    return append(runId, new RunInput(runId, body), null);
  }

  CompletableFuture<Void> chunk(String runId, CompletionChunk body) {
    return append(runId, new RunInput(runId, body), null);
  }

  CompletableFuture<Void> completed(
      String runId, StepCompleted body, @Nullable String traceparent) {
    return append(runId, new RunInput(runId, body), traceparent);
  }

  CompletableFuture<Void> failed(String runId, StepFailed body, @Nullable String traceparent) {
    return append(runId, new RunInput(runId, body), traceparent);
  }

  CompletableFuture<Void> suspended(
      String runId, StepSuspended body, @Nullable String traceparent) {
    return append(runId, new RunInput(runId, body), traceparent);
  }

  private CompletableFuture<Void> append(
      String runId, RunInput input, @Nullable String traceparent) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(namespace.runs(), bytes(runId), inputs.encode(input));
    if (traceparent != null) {
      header(record, Headers.TRACEPARENT, traceparent);
    }
    return send(record);
  }

  CompletableFuture<Void> beat(WorkerBeat beat) {
    return send(
        new ProducerRecord<>(
            namespace.workers(), bytes(beat.getIncarnation()), beats.encode(beat)));
  }

  /** Sets a record aside that nobody can run, as it came, with the reason. */
  CompletableFuture<Void> deadLetter(ConsumerRecord<byte[], byte[]> record, Throwable reason) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(
            namespace.deadLetters(), null, record.key(), record.value(), record.headers());
    String origin = record.topic() + "-" + record.partition() + "@" + record.offset();
    header(letter, Headers.ORIGIN, origin);
    header(letter, Headers.ERROR_TYPE, reason.getClass().getName());
    header(letter, Headers.ERROR_MESSAGE, String.valueOf(reason.getMessage()));
    return send(letter);
  }

  private CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<Void> durable = new CompletableFuture<>();
    try {
      producer.send(
          record,
          (metadata, error) -> {
            if (error == null) {
              durable.complete(null);
            } else {
              durable.completeExceptionally(error);
            }
          });
    } catch (KafkaException | IllegalStateException e) {
      // An illegal state is a producer that was closed while its life ended.
      durable.completeExceptionally(e);
    }
    return durable;
  }

  private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(new RecordHeader(name, bytes(value)));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
