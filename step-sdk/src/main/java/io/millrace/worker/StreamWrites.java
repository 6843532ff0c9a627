package io.millrace.worker;

import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import io.millrace.protocol.EventKind;
import java.util.concurrent.CancellationException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** What one try writes to its run's stream, at once. Thread-safe; order of calls is order there. */
final class StreamWrites {
  private final Producer<byte[], byte[]> producer;
  private final StreamTopics topics;
  private final Dispatch dispatch;
  private final StreamRecords records;
  private final PendingAcks acks = new PendingAcks();
  private @Nullable String topic;
  private boolean asked;
  private int sequence;

  StreamWrites(
      Producer<byte[], byte[]> producer,
      StreamTopics topics,
      Dispatch dispatch,
      DispatchTarget target,
      String tryId) {
    this.producer = producer;
    this.topics = topics;
    this.dispatch = dispatch;
    this.records = new StreamRecords(dispatch, target, tryId);
  }

  /**
   * Hands the event to the producer.
   *
   * @throws CancellationException if the thread was interrupted before the topic was looked up
   */
  synchronized void write(String eventType, EventKind kind, byte[] value) {
    String to = topic();
    ProducerRecord<byte[], byte[]> record = records.record(to, sequence, eventType, kind, value);
    acks.sent();
    boolean handedOver = false;
    try {
      producer.send(
          record,
          (metadata, error) -> {
            if (error != null) {
              topics.forget(to);
            }
            acks.acknowledged(error);
          });
      handedOver = true;
      sequence++;
    } finally {
      if (!handedOver) {
        acks.acknowledged(null); // the caller sees the exception itself
      }
    }
  }

  private String topic() {
    if (topic == null) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("interrupted; nothing is written to the stream any more");
      }
      if (asked) {
        throw new IllegalStateException(
            "the stream's topic could not be created when this try first wrote to it; it is not asked for again");
      }
      asked = true;
      topic = topics.ensure(dispatch.getWorkflow(), dispatch.getRunId());
    }
    return topic;
  }

  /** Events written so far. */
  synchronized int count() {
    return sequence;
  }

  /** Why a write was not acknowledged; null if all were. Waits for them. */
  @Nullable Throwable await() {
    return acks.await();
  }
}
