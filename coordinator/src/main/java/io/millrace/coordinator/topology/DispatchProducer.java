package io.millrace.coordinator.topology;

import io.millrace.coordinator.codec.DispatchCodec;
import io.millrace.coordinator.codec.UnreadableRecordException;
import io.millrace.coordinator.core.ErrorInfo;
import io.millrace.coordinator.core.RunInput;
import io.millrace.protocol.Headers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speculate on work, commit on facts. Streams believes this to be its transactional producer. But a
 * dispatch leaves at once, outside the transaction, through a plain producer; before the
 * transaction commits, all dispatches since the last one are acknowledged. So a committed
 * transition always has its dispatches in the log, and one that was rolled back has at worst made a
 * step run in vain. Everything else waits in a {@link TransactionBuffer} for the commit.
 *
 * <p>A dispatch that fails does not fail the transaction (law 3): it becomes a {@link
 * RunInput.DispatchFailed} on the run log for each execution that it was for. Streams' callback is
 * never handed to the plain producer, because the record collector behind it belongs to the stream
 * thread. An input that moves to its own partition of the run log takes the plain way too, but must
 * arrive: without it the transaction fails and its inputs are read again.
 *
 * <p>Used by one stream thread; only the plain producer's callbacks come from another.
 */
final class DispatchProducer extends DelegatingProducer {
  private static final Logger LOG = LoggerFactory.getLogger(DispatchProducer.class);
  private static final Future<RecordMetadata> SENT = CompletableFuture.completedFuture(null);

  /** Waits for so many topics and one commit fit well into the transaction timeout. */
  private static final int MOST_WAITS = 2;

  private record Pending(ProducerRecord<byte[], byte[]> record, Future<RecordMetadata> sent) {}

  private final Producer<byte[], byte[]> transactional;
  private final TransactionBuffer transaction = new TransactionBuffer();
  private final ThreadParts threads;

  /** When the commit that is under way began: Streams flushes first. */
  private long flushedAt;

  private final Producer<byte[], byte[]> plain;
  private final InputSink sink;
  private final String runLog;
  private final Duration patience;
  private final Deque<Pending> pending = new ArrayDeque<>();

  /**
   * Topics for which the plain producer has waited in vain since the last commit, and why. One wait
   * for each record would add up to more than a transaction may last, and each replay would do the
   * same again.
   */
  private final Map<String, Exception> outOfReach = new HashMap<>();

  /** Topics that have taken a dispatch: what others lack is not held against them. */
  private final Set<String> reached = new HashSet<>();

  /**
   * @param threads of which that which commits is told
   * @param patience longer than the plain producer can take to give up on a record, and well below
   *     the transaction timeout
   */
  DispatchProducer(
      Producer<byte[], byte[]> transactional,
      ThreadParts threads,
      Producer<byte[], byte[]> plain,
      InputSink sink,
      String runLog,
      Duration patience) {
    super(transactional);
    this.transactional = transactional;
    this.threads = threads;
    this.plain = plain;
    this.sink = sink;
    this.runLog = runLog;
    this.patience = patience;
  }

  @Override
  public Future<RecordMetadata> send(
      ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
    if (!record.topic().equals(runLog) && record.headers().lastHeader(Headers.DISPATCH) == null) {
      transaction.add(record, callback);
      if (transaction.isFull()) {
        transaction.sendTo(transactional);
      }
      return SENT;
    }
    pending.add(new Pending(record, sendPlainly(record)));
    return SENT;
  }

  private Future<RecordMetadata> sendPlainly(ProducerRecord<byte[], byte[]> record) {
    Exception known = outOfReach.get(record.topic());
    if (known == null && outOfReach.size() >= MOST_WAITS && !reached.contains(record.topic())) {
      known = outOfReach.values().iterator().next();
    }
    if (known != null) {
      return CompletableFuture.failedFuture(known);
    }
    Future<RecordMetadata> sent;
    try {
      sent = plain.send(record);
    } catch (KafkaException e) {
      sent = CompletableFuture.failedFuture(e);
    }
    if (sent.isDone()
        && outcome(sent, System.nanoTime())
            instanceof org.apache.kafka.common.errors.TimeoutException e) {
      outOfReach.put(record.topic(), e);
      reached.remove(record.topic());
    }
    return sent;
  }

  @Override
  public void flush() {
    if (flushedAt == 0) {
      flushedAt = System.nanoTime();
    }
    transaction.sendTo(transactional);
    super.flush();
  }

  @Override
  public void commitTransaction() {
    transaction.sendTo(transactional);
    awaitPending();
    outOfReach.clear();
    super.commitTransaction();
    long now = System.nanoTime();
    threads.committed(now - (flushedAt == 0 ? now : flushedAt), now);
    flushedAt = 0;
  }

  @Override
  public void abortTransaction() {
    transaction.clear();
    flushedAt = 0;
    pending.clear();
    outOfReach.clear();
    super.abortTransaction();
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(5));
  }

  @Override
  public void close(Duration timeout) {
    try {
      plain.close(timeout);
    } finally {
      super.close(timeout);
    }
  }

  private void awaitPending() {
    long deadline = System.nanoTime() + patience.toNanos();
    for (Pending next = pending.poll(); next != null; next = pending.poll()) {
      Exception error = outcome(next.sent(), deadline);
      if (error == null) {
        reached.add(next.record().topic());
      } else {
        failed(next.record(), error);
      }
    }
  }

  private static @Nullable Exception outcome(Future<RecordMetadata> sent, long deadline) {
    try {
      sent.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return null;
    } catch (ExecutionException e) {
      return e.getCause() instanceof Exception cause ? cause : e;
    } catch (TimeoutException e) {
      return e;
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void failed(ProducerRecord<byte[], byte[]> record, Exception error) {
    Header dispatch = record.headers().lastHeader(Headers.DISPATCH);
    if (dispatch == null) {
      throw new KafkaException(
          "an input could not be moved to its own partition of "
              + runLog
              + "; the transaction is rolled back and the input is read again",
          error);
    }
    LOG.warn(
        "dispatch failed, its executions are told topic={} error={}",
        record.topic(),
        error.toString());
    try {
      DispatchCodec.Targets targets = DispatchCodec.targets(dispatch.value());
      ErrorInfo info =
          new ErrorInfo(
              error.getClass().getName(),
              "dispatch to topic " + record.topic() + " failed: " + error.getMessage(),
              "");
      targets
          .tokens()
          .forEach(
              token ->
                  sink.append(
                      targets.runId(),
                      new RunInput.DispatchFailed(token, targets.sequence(), info)));
    } catch (UnreadableRecordException e) {
      LOG.error(
          "a dispatch header of our own is unreadable; its executions are found again by their"
              + " age topic={}",
          record.topic(),
          e);
    }
  }
}
