package io.millrace.client;

import io.millrace.ClientClosedException;
import io.millrace.EventStream;
import io.millrace.StreamOptions;
import io.millrace.StreamedEvent;
import io.millrace.protocol.RunOutcome;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a run's stream (law 11). It waits for the topic, reads it, and ends at the
 * terminal event of the current epoch; or, when the outcome is known, at the end offset fetched
 * after that, with a terminal event made from the outcome. So it ends when the topic was never
 * made, is gone, or misses its terminal event.
 *
 * <pre>
 * waiting for the topic --appears-> reading --terminal event--> ended
 *        |       ^--topic gone--------|  |--outcome known, end reached--> ended
 *        '-----outcome known, no topic--------------------------> ended
 * </pre>
 */
final class StreamReader implements EventStream.EventIterator {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration POLL_AT_THE_END = Duration.ofMillis(20);

  /** After a streamed run's outcome, its terminal event is on its way. */
  private static final Duration TERMINAL_GRACE = Duration.ofSeconds(2);

  private static final Duration CHECK_IDLE = Duration.ofSeconds(5);

  private final StreamConsumers consumers;
  private final TopicPresence presence;
  private final RunWatch watch;
  private final String topic;
  private final TopicPartition partition;
  private final StreamOptions options;
  private final StreamView view;
  private final StreamOrder order = new StreamOrder();
  private final Deque<StreamedEvent> ready = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

  /** Apart from this object, so that an abandoned reader's consumer can be given back. */
  private final AtomicReference<StreamConsumers.@Nullable Lease> lease = new AtomicReference<>();

  private long showFrom;
  private boolean ended;
  private int epochAtEnd = -1;
  private @Nullable Deadline grace;
  private @Nullable Long end;
  private final Duration checkIdle;
  private Deadline idleCheck;

  StreamReader(
      ClientLink link, String workflow, RunWatch watch, StreamOptions options, StreamView view) {
    this(
        link.namespace().stream(workflow, watch.runId()),
        link.consumers(),
        link.presence(),
        watch,
        options,
        view,
        CHECK_IDLE);
  }

  /**
   * @param checkIdle after so long without a record the topic may be gone
   */
  StreamReader(
      String topic,
      StreamConsumers consumers,
      TopicPresence presence,
      RunWatch watch,
      StreamOptions options,
      StreamView view,
      Duration checkIdle) {
    this.consumers = consumers;
    this.presence = presence;
    this.watch = watch;
    this.topic = topic;
    this.checkIdle = checkIdle;
    this.idleCheck = Deadline.in(checkIdle);
    this.partition = new TopicPartition(topic, 0);
    this.options = options;
    this.view = view;
    AtomicReference<StreamConsumers.@Nullable Lease> held = lease;
    CLEANER.register(this, () -> giveBack(held));
    begin();
  }

  private void begin() {
    StreamOptions.From from = options.from();
    if (from instanceof StreamOptions.From.Cursor cursor) {
      showFrom = cursor.cursor().offset();
    } else if (from instanceof StreamOptions.From.Now && presence.isPresent(topic)) {
      open();
      showFrom = endOffset().orElse(0L);
    }
  }

  @Override
  public boolean hasNext() {
    lock.lock();
    try {
      while (ready.isEmpty() && !ended && !closed.isDone()) {
        advance();
      }
      if (ready.isEmpty() || closed.isDone()) {
        giveBack(lease);
      }
      return !ready.isEmpty() && !closed.isDone();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public StreamedEvent next() {
    lock.lock();
    try {
      if (!hasNext()) {
        throw new NoSuchElementException("the stream of run " + watch.runId() + " has ended");
      }
      return ready.remove();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    closed.complete(null);
    if (!lock.tryLock()) {
      StreamConsumers.@Nullable Lease inUse = lease.get();
      if (inUse != null) {
        inUse.wakeup();
      }
      lock.lock();
    }
    try {
      giveBack(lease);
    } finally {
      lock.unlock();
    }
  }

  private void advance() {
    if (watch.future().isCompletedExceptionally()) {
      giveBack(lease);
      throw new ClientClosedException(
          "the client is closed; the stream of run " + watch.runId() + " can be read by another");
    }
    StreamConsumers.@Nullable Lease open = lease.get();
    if (open == null) {
      await();
      return;
    }
    try {
      poll(open.consumer());
    } catch (WakeupException e) {
      // close() of this reader or of the client; the loop in hasNext tells which.
      giveBack(lease);
    } catch (InterruptException e) {
      open.spoil();
      giveBack(lease);
      throw Deadline.interrupted(e);
    } catch (RuntimeException e) {
      open.spoil();
      giveBack(lease);
      throw e;
    }
  }

  /** The topic is not there, as far as we know. */
  private void await() {
    Optional<RunOutcome> outcome = known();
    if (outcome.isPresent()) {
      if (presence.isPresent(topic)) {
        open();
      } else if (!terminalOnItsWay(outcome.get())) {
        finish(outcome.get());
      } else {
        pauseUntil(closed, 20);
      }
      return;
    }
    CompletableFuture<@Nullable Void> present = presence.whenPresent(topic);
    boolean stillWaiting = false;
    try {
      pauseUntil(CompletableFuture.anyOf(present, watch.future(), closed), 1_000);
      stillWaiting = !closed.isDone() && !watch.future().isDone();
    } finally {
      if (!stillWaiting) {
        presence.forget(topic);
      }
    }
    if (present.isDone() && !closed.isDone()) {
      open();
    }
  }

  /** What was found of the end counts for one epoch only. */
  private Optional<RunOutcome> known() {
    Optional<RunOutcome> outcome = watch.known();
    if (outcome.isPresent() && outcome.get().getEpoch() != epochAtEnd) {
      epochAtEnd = outcome.get().getEpoch();
      end = null;
      grace = null;
    }
    return outcome;
  }

  private void pauseUntil(CompletableFuture<?> sooner, long millis) {
    try {
      sooner.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // The caller looks again.
    } catch (InterruptedException e) {
      throw Deadline.interrupted(e);
    } catch (ExecutionException e) {
      if (!watch.future().isCompletedExceptionally()) {
        throw new IllegalStateException("waiting for topic " + topic + " failed", e.getCause());
      }
    }
  }

  private void open() {
    StreamConsumers.Lease fresh = consumers.lend();
    lease.set(fresh);
    fresh.consumer().assign(List.of(partition));
    fresh.consumer().seekToBeginning(List.of(partition));
    idleCheck = Deadline.in(checkIdle);
  }

  private void poll(Consumer<byte[], byte[]> consumer) {
    Optional<RunOutcome> outcome = known();
    ConsumerRecords<byte[], byte[]> records =
        consumer.poll(outcome.isPresent() ? POLL_AT_THE_END : POLL);
    for (ConsumerRecord<byte[], byte[]> record : records) {
      take(record);
      if (ended) {
        return;
      }
    }
    if (!records.isEmpty()) {
      idleCheck = Deadline.in(checkIdle);
    }
    if (outcome.isPresent()) {
      checkEnd(consumer, outcome.get());
    } else if (idleCheck.passed()) {
      checkGone();
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    Optional<StreamEntry> parsed = StreamEntry.of(record);
    if (parsed.isEmpty()) {
      view.foreign(record);
      return;
    }
    StreamEntry entry = parsed.get();
    StreamOrder.Verdict verdict = order.judge(entry);
    if (verdict == StreamOrder.Verdict.SKIP) {
      return;
    }
    if (entry.kind() == StreamedEvent.Kind.TERMINAL) {
      terminal(entry);
      return;
    }
    if (entry.offset() < showFrom) {
      return;
    }
    if (verdict == StreamOrder.Verdict.RESTARTED) {
      ready.add(view.restarted(entry));
    }
    if (entry.kind() != StreamedEvent.Kind.INTERNAL || options.includeInternal()) {
      ready.add(view.event(entry));
    }
  }

  private void terminal(StreamEntry entry) {
    Optional<RunOutcome> outcome = view.outcome(entry);
    // One of an epoch before the current one is history: the run was redriven.
    if (outcome.isPresent() && outcome.get().getEpoch() >= watch.epoch()) {
      watch.sawTerminal(outcome.get().getEpoch());
      watch.offer(outcome.get());
      ready.add(view.terminal(entry, outcome.get()));
      ended = true;
    }
  }

  private void checkEnd(Consumer<byte[], byte[]> consumer, RunOutcome outcome) {
    if (end == null) {
      Optional<Long> fetched = endOffset();
      if (fetched.isEmpty()) {
        checkGone();
        return;
      }
      end = fetched.get();
    }
    if (consumer.position(partition) >= end
        && !(Outcomes.mayHaveStreamed(outcome) && withinGrace(outcome))) {
      finish(outcome);
    } else if (idleCheck.passed()) {
      // Deleted since its end was asked for, and before it was read: that end is never reached.
      checkGone();
    }
  }

  private Optional<Long> endOffset() {
    StreamConsumers.@Nullable Lease open = lease.get();
    if (open == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(
          open.consumer().endOffsets(List.of(partition), TERMINAL_GRACE).get(partition));
    } catch (org.apache.kafka.common.errors.TimeoutException e) {
      // The topic is gone, or the broker slow; checkGone tells.
      return Optional.empty();
    }
  }

  private void checkGone() {
    idleCheck = Deadline.in(checkIdle);
    if (!presence.isPresent(topic)) {
      giveBack(lease);
    }
  }

  private boolean terminalOnItsWay(RunOutcome outcome) {
    return outcome.getStreamed() && withinGrace(outcome);
  }

  private boolean withinGrace(RunOutcome outcome) {
    if (grace == null) {
      grace = Deadline.in(TerminalWait.isRecent(outcome) ? TERMINAL_GRACE : Duration.ZERO);
    }
    return !grace.passed();
  }

  private void finish(RunOutcome outcome) {
    ready.add(view.terminal(end == null ? 0 : end, outcome));
    ended = true;
  }

  private static void giveBack(AtomicReference<StreamConsumers.@Nullable Lease> held) {
    StreamConsumers.@Nullable Lease open = held.getAndSet(null);
    if (open != null) {
      open.end();
    }
  }
}
