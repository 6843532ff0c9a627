package io.millrace.client;

import io.millrace.StreamedEvent;
import io.millrace.protocol.RunOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * R4: the terminal event is on the stream before a result is given. Bounded: a publisher that is
 * down must not withhold results, so after a while the wait ends with a warning.
 */
final class TerminalWait {
  private static final Logger LOG = LoggerFactory.getLogger(TerminalWait.class);
  private static final Duration BOUND = Duration.ofSeconds(5);
  private static final Duration RECENT = Duration.ofMinutes(1);

  /** A step that has not heard of the end yet may write a little more after the terminal event. */
  private static final long LATE_WRITES = 100;

  private static final Duration POLL = Duration.ofMillis(100);

  private final ClientLink link;

  TerminalWait(ClientLink link) {
    this.link = link;
  }

  /** Whether what follows an outcome may still be on its way; clocks may differ a little. */
  static boolean isRecent(RunOutcome outcome) {
    return outcome.getEndedAt().isAfter(Instant.now().minus(RECENT));
  }

  /**
   * Returns when the terminal event is there, cannot be expected any more, or time is up.
   *
   * @param deadline of the caller
   */
  void await(RunWatch watch, RunOutcome outcome, Deadline deadline) {
    if (!Outcomes.mayHaveStreamed(outcome)
        || watch.hasSeenTerminal(outcome.getEpoch())
        || !isRecent(outcome)) {
      return;
    }
    String topic = link.namespace().stream(outcome.getWorkflow(), outcome.getRunId());
    if (!outcome.getStreamed() && !link.presence().isPresent(topic)) {
      return;
    }
    Duration bound = BOUND.compareTo(deadline.remaining()) < 0 ? BOUND : deadline.remaining();
    if (appears(topic, outcome.getEpoch(), Deadline.in(bound))) {
      watch.sawTerminal(outcome.getEpoch());
    } else {
      LOG.warn(
          "the terminal event is not on the stream yet; giving the result without it: runId={}",
          outcome.getRunId());
    }
  }

  private boolean appears(String topic, int epoch, Deadline deadline) {
    if (!link.presence().awaitPresent(topic, deadline)) {
      return false;
    }
    StreamConsumers.Lease lease = link.consumers().lend();
    try {
      return readsIt(lease.consumer(), new TopicPartition(topic, 0), epoch, deadline);
    } catch (InterruptException e) {
      lease.spoil();
      throw Deadline.interrupted(e);
    } catch (KafkaException e) {
      lease.spoil();
      LOG.warn("the end of a stream could not be read: topic={}", topic, e);
      return false;
    } finally {
      lease.end();
    }
  }

  private static boolean readsIt(
      Consumer<byte[], byte[]> consumer, TopicPartition stream, int epoch, Deadline deadline) {
    consumer.assign(List.of(stream));
    long end = consumer.endOffsets(List.of(stream)).getOrDefault(stream, 0L);
    consumer.seek(stream, Math.max(0, end - LATE_WRITES));
    do {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        Optional<StreamEntry> entry = StreamEntry.of(record);
        if (entry.isPresent()
            && entry.get().kind() == StreamedEvent.Kind.TERMINAL
            && entry.get().epoch() >= epoch) {
          return true;
        }
      }
    } while (!deadline.passed());
    return false;
  }
}
