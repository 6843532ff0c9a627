package io.millrace.worker;

import io.millrace.protocol.CancelNotice;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.StepRegistration;
import io.millrace.serde.ProtocolCodec;
import io.millrace.serde.UnreadableProtocolRecordException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what concerns every worker: registrations from their beginning, cancel notices from now on.
 * One thread owns it at a time; {@link #wakeup} may come from any.
 */
final class ControlTail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlTail.class);
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final Duration ADMIN_WAIT = Duration.ofSeconds(10);

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final Namespace namespace;
  private final Consumer<StepRegistration> onStep;
  private final Consumer<CancelNotice> onCancel;
  private final ProtocolCodec<StepRegistration> steps = ProtocolCodec.of(StepRegistration.class);
  private final ProtocolCodec<CancelNotice> cancels = ProtocolCodec.of(CancelNotice.class);
  private final CountDownLatch closed = new CountDownLatch(1);

  ControlTail(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Namespace namespace,
      Consumer<StepRegistration> onStep,
      Consumer<CancelNotice> onCancel) {
    this.consumer = consumer;
    this.namespace = namespace;
    this.onStep = onStep;
    this.onCancel = onCancel;
  }

  /** Returns once all registrations that exist now have been handed on. Safe to repeat. */
  void catchUp() {
    List<TopicPartition> stepPartitions = partitions(namespace.steps());
    List<TopicPartition> cancelPartitions = partitions(namespace.cancels());
    consumer.assign(Stream.concat(stepPartitions.stream(), cancelPartitions.stream()).toList());
    consumer.seekToBeginning(stepPartitions);
    consumer.seekToEnd(cancelPartitions);
    cancelPartitions.forEach(partition -> consumer.position(partition, ADMIN_WAIT));
    Map<TopicPartition, Long> ends = consumer.endOffsets(stepPartitions, ADMIN_WAIT);
    while (stepPartitions.stream()
        .anyMatch(
            partition ->
                consumer.position(partition, ADMIN_WAIT) < ends.getOrDefault(partition, 0L))) {
      pollOnce();
    }
  }

  private List<TopicPartition> partitions(String topic) {
    List<TopicPartition> found =
        consumer.partitionsFor(topic, ADMIN_WAIT).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (found.isEmpty()) {
      throw new UnknownTopicOrPartitionException(
          "topic " + topic + " is not known to the broker yet");
    }
    return found;
  }

  /** Goes on until {@link #wakeup}, then closes the consumer. */
  void follow() {
    try (this) {
      while (closed.getCount() > 0) {
        followOnce();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void followOnce() throws InterruptedException {
    try {
      pollOnce();
    } catch (WakeupException e) {
      LOG.debug("Following the control topics ends.");
    } catch (RuntimeException e) {
      LOG.error(
          "Control topics could not be read, so cancels and new steps may go unseen; trying again.",
          e);
      closed.await(1, TimeUnit.SECONDS);
    }
  }

  private void pollOnce() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
      if (record.value() == null) {
        continue; // a tombstone: removed by an operator
      }
      try {
        if (record.topic().equals(namespace.steps())) {
          onStep.accept(steps.decode(record.value()));
        } else {
          onCancel.accept(cancels.decode(record.value()));
        }
      } catch (UnreadableProtocolRecordException e) {
        LOG.warn(
            "A control record cannot be read and is skipped. topic={} offset={} reason={}",
            record.topic(),
            record.offset(),
            e.getMessage());
      }
    }
  }

  void wakeup() {
    closed.countDown();
    consumer.wakeup();
  }

  @Override
  public void close() {
    // It has no group to leave, and would wait for the broker's answer to its last fetch.
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}
