package io.millrace.coordinator.publish;

import io.millrace.coordinator.codec.FactCodec;
import io.millrace.protocol.EventData;
import io.millrace.protocol.Headers;
import io.millrace.protocol.InternalFact;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.PromptFact;
import io.millrace.protocol.RunFact;
import io.millrace.protocol.TerminalFact;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Facts as entries of a run's stream. Thread-safe. */
public final class StreamRecords {
  private final Namespace namespace;

  public StreamRecords(Namespace namespace) {
    this.namespace = namespace;
  }

  String topic(RunFact fact) {
    return namespace.stream(fact.getWorkflow(), fact.getRunId());
  }

  /** Empty for a fact that is no entry. */
  public Optional<ProducerRecord<byte[], byte[]>> entry(RunFact fact) {
    if (fact.getBody() instanceof PromptFact prompt) {
      EventData event = prompt.getEvent();
      ProducerRecord<byte[], byte[]> record =
          record(fact, "prompt", event.getId(), bytes(event.getValue()));
      header(record, Headers.EVENT_ID, event.getId());
      header(record, Headers.EVENT_TYPE, event.getType());
      header(record, Headers.EVENT_KIND, event.getKind().name());
      header(record, Headers.STEP, prompt.getStep());
      return Optional.of(record);
    }
    if (fact.getBody() instanceof TerminalFact terminal) {
      return Optional.of(
          record(fact, "terminal", fact.getRunId(), FactCodec.encode(terminal.getOutcome())));
    }
    if (fact.getBody() instanceof InternalFact internal) {
      ProducerRecord<byte[], byte[]> record =
          record(fact, "internal", internal.getExecutionId(), FactCodec.encode(fact));
      header(record, Headers.EXECUTION_ID, internal.getExecutionId());
      header(record, Headers.STEP, internal.getStep());
      header(record, Headers.ATTEMPT, Integer.toString(internal.getAttempt()));
      return Optional.of(record);
    }
    return Optional.empty();
  }

  private ProducerRecord<byte[], byte[]> record(
      RunFact fact, String entry, String key, byte[] value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic(fact), 0, key.getBytes(StandardCharsets.UTF_8), value);
    header(record, Headers.STREAM_ENTRY, entry);
    header(record, Headers.FACT_ID, fact.getId());
    header(record, Headers.EPOCH, Integer.toString(fact.getEpoch()));
    header(record, Headers.RUN_ID, fact.getRunId());
    header(record, Headers.WORKFLOW, fact.getWorkflow());
    return record;
  }

  private static void header(ProducerRecord<byte[], byte[]> record, String name, String text) {
    record.headers().add(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
