package io.millrace.local.inline;

import io.millrace.coordinator.codec.FactCodec;
import io.millrace.coordinator.codec.Outgoing;
import io.millrace.coordinator.publish.StreamRecords;
import io.millrace.protocol.ExpireStream;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunFact;
import io.millrace.protocol.RunOutcome;
import io.millrace.protocol.TerminalFact;
import io.millrace.serde.ProtocolCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** What has been committed for the outside, and the streams. Not thread-safe. */
public final class InlineTopics {
  private static final ProtocolCodec<Reply> REPLY = ProtocolCodec.of(Reply.class);
  private static final ProtocolCodec<RunOutcome> OUTCOME = ProtocolCodec.of(RunOutcome.class);

  private final Namespace namespace;
  private final StreamRecords streamRecords;
  private final Map<String, Reply> replies = new HashMap<>();
  private final Map<String, List<RunOutcome>> outcomes = new HashMap<>();
  private final Map<String, List<ConsumerRecord<byte[], byte[]>>> streams = new HashMap<>();
  private final List<Outgoing> deadLetters = new ArrayList<>();

  InlineTopics(Namespace namespace) {
    this.namespace = namespace;
    this.streamRecords = new StreamRecords(namespace);
  }

  void committed(Outgoing record, Instant at) {
    byte[] value = Objects.requireNonNull(record.value(), record.topic());
    if (record.topic().equals(namespace.replies())) {
      Reply reply = REPLY.decode(value);
      replies.put(reply.getRequestId(), reply);
    } else if (record.topic().equals(namespace.outcomes())) {
      RunOutcome outcome = OUTCOME.decode(value);
      outcomes.computeIfAbsent(outcome.getRunId(), id -> new ArrayList<>()).add(outcome);
    } else if (record.topic().equals(namespace.facts())) {
      publish(FactCodec.decode(value), at);
    } else if (record.topic().equals(namespace.deadLetters())) {
      deadLetters.add(record);
    } else {
      throw new IllegalStateException("a record for " + record.topic() + ", which nobody reads");
    }
  }

  /** A terminal fact goes to a stream that is there; prompts and internal facts may make it. */
  private void publish(RunFact fact, Instant at) {
    String topic = namespace.stream(fact.getWorkflow(), fact.getRunId());
    if (fact.getBody() instanceof ExpireStream) {
      streams.remove(topic);
      return;
    }
    boolean makes =
        fact.getCreateStream()
            || (fact.getBody() instanceof TerminalFact end && end.getOutcome().getStreamed());
    if (makes || streams.containsKey(topic)) {
      streamRecords.entry(fact).ifPresent(entry -> write(entry, at));
    }
  }

  void write(ProducerRecord<byte[], byte[]> record, Instant at) {
    List<ConsumerRecord<byte[], byte[]>> stream =
        streams.computeIfAbsent(record.topic(), topic -> new ArrayList<>());
    stream.add(
        new ConsumerRecord<>(
            record.topic(),
            0,
            stream.size(),
            at.toEpochMilli(),
            TimestampType.CREATE_TIME,
            record.key().length,
            record.value().length,
            record.key(),
            record.value(),
            record.headers(),
            Optional.empty()));
  }

  @Nullable Reply takeReply(String requestId) {
    return replies.remove(requestId);
  }

  /** All of this run, one for each epoch that has ended. */
  public List<RunOutcome> outcomes(String runId) {
    return List.copyOf(outcomes.getOrDefault(runId, List.of()));
  }

  /** Empty if the run has no stream. */
  public List<ConsumerRecord<byte[], byte[]>> stream(String workflow, String runId) {
    return List.copyOf(streams.getOrDefault(namespace.stream(workflow, runId), List.of()));
  }

  public boolean hasStream(String workflow, String runId) {
    return streams.containsKey(namespace.stream(workflow, runId));
  }

  public List<Outgoing> deadLetters() {
    return List.copyOf(deadLetters);
  }
}
