package io.millrace.coordinator.publish;

import io.millrace.coordinator.core.Request;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.topology.InputSink;
import io.millrace.protocol.Refused;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunOutcome;
import io.millrace.protocol.RunSnapshot;
import io.millrace.protocol.RunStatus;
import io.millrace.serde.ProtocolCodec;
import io.millrace.serde.UnreadableProtocolRecordException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks as any client would, through the run log: whichever coordinator holds the run answers, after
 * everything that was on the log before.
 */
public final class InspectingLookup implements RunLookup {
  private static final ProtocolCodec<Reply> REPLY = ProtocolCodec.of(Reply.class);
  private static final int PARTITION = 0;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final InputSink sink;
  private final TopicPartition replies;

  /**
   * @param consumers reading committed, without a group
   */
  public InspectingLookup(
      Supplier<Consumer<byte[], byte[]>> consumers, InputSink sink, String repliesTopic) {
    this.consumers = consumers;
    this.sink = sink;
    this.replies = new TopicPartition(repliesTopic, PARTITION);
  }

  @Override
  public Optional<Standing> ask(String runId, Duration timeout) {
    String requestId = "sweep-" + UUID.randomUUID();
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      consumer.assign(List.of(replies));
      consumer.seekToEnd(List.of(replies));
      long position = consumer.position(replies);
      consumer.seek(replies, position);
      sink.append(runId, new RunInput.InspectRun(new Request(requestId, PARTITION)));
      long deadline = System.nanoTime() + timeout.toNanos();
      while (System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          Optional<Standing> answer = answer(record, requestId);
          if (answer.isPresent()) {
            return answer;
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Standing> answer(
      ConsumerRecord<byte[], byte[]> record, String requestId) {
    byte[] value = record.value();
    if (value == null) {
      return Optional.empty();
    }
    Reply reply;
    try {
      reply = REPLY.decode(value);
    } catch (UnreadableProtocolRecordException e) {
      return Optional.empty(); // somebody else's garbage is not our answer
    }
    if (!reply.getRequestId().equals(requestId)) {
      return Optional.empty();
    }
    return Optional.of(standing(reply));
  }

  private static Standing standing(Reply reply) {
    if (reply.getAnswer() instanceof Refused
        || (reply.getAnswer() instanceof RunSnapshot snapshot
            && snapshot.getStatus() == RunStatus.UNKNOWN)) {
      return Standing.UNKNOWN;
    }
    RunOutcome outcome = reply.getOutcome();
    return new Standing(true, outcome == null ? null : outcome.getEndedAt());
  }
}
