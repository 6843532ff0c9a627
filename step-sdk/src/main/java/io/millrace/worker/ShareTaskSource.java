package io.millrace.worker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks from a share group, acknowledged one by one.
 *
 * <p>The consumer polls again only when every record of the last poll has its acknowledgement, and
 * the size of a poll is fixed when it is made. So this polls only when a whole batch of slots is
 * free, for what does not fit would be locked here while others are idle; and while a slow record
 * keeps it from polling it says so ({@link #isHeldUp}), so that the record is adopted before the
 * grace is over. Acknowledgements travel with the next fetch, and alone if there is none to come.
 */
final class ShareTaskSource implements TaskSource {
  private static final Logger LOG = LoggerFactory.getLogger(ShareTaskSource.class);

  /** Work that is quicker is not worth adopting. */
  private static final Duration HELD_UP_AFTER = Duration.ofMillis(5);

  /** Well below the shortest lock: what is done must not be run again for the sake of the rest. */
  private static final long SEND_ALONE_AFTER_MILLIS = 100;

  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(3);

  private final ShareConsumer<byte[], byte[]> consumer;
  private final String group;
  private final int batch;
  private final LongSupplier clock;
  private final OpenRecords open = new OpenRecords();
  private final ArrayDeque<Task> waiting = new ArrayDeque<>();
  private final Map<Object, CompletableFuture<Void>> awaited = new HashMap<>(); // by receipt
  private boolean unsent;
  private boolean heldUp;
  private boolean draining;
  private boolean closed;
  private long fetchedAt;

  /**
   * @param consumer in explicit mode, and taking at most {@code batch} records at once
   * @param group for messages
   * @param clock milliseconds, monotonic
   */
  ShareTaskSource(
      ShareConsumer<byte[], byte[]> consumer,
      String group,
      Collection<String> topics,
      int batch,
      LongSupplier clock) {
    this.consumer = consumer;
    this.group = group;
    this.batch = batch;
    this.clock = clock;
    consumer.setAcknowledgementCommitCallback(
        (offsets, error) -> {
          if (error != null) {
            LOG.warn(
                "Acknowledgements were not recorded; their records come again, and are disregarded"
                    + " where they were dealt with. group={} offsets={} error={}",
                group,
                offsets,
                error.toString());
          }
        });
    consumer.subscribe(topics);
  }

  @Override
  public List<Task> poll(int free, Duration wait) {
    heldUp = false;
    List<Task> tasks = handOut(free);
    if (!tasks.isEmpty() || closed) {
      return tasks;
    }
    boolean ready = free >= batch && !draining && awaitVerdicts(wait);
    passVerdicts();
    if (ready) {
      fetch(wait);
      return handOut(free);
    }
    if (draining && open.allDecided()) {
      close();
    } else {
      sendAlone();
    }
    return List.of();
  }

  private boolean awaitVerdicts(Duration wait) {
    if (open.awaitAllDecided(wait.compareTo(HELD_UP_AFTER) < 0 ? wait : HELD_UP_AFTER)) {
      return true;
    }
    heldUp = clock.getAsLong() - fetchedAt >= HELD_UP_AFTER.toMillis();
    return false;
  }

  private void passVerdicts() {
    List<CompletableFuture<Void>> due = new ArrayList<>();
    for (OpenRecords.Verdict verdict : open.takeVerdicts()) {
      consumer.acknowledge(verdict.record(), verdict.type());
      unsent = true;
      CompletableFuture<Void> recorded = awaited.remove(verdict.entry());
      if (recorded != null) {
        due.add(recorded);
      }
    }
    if (!due.isEmpty()) {
      sendNow();
      due.forEach(recorded -> recorded.complete(null));
    }
  }

  /** Returns when the broker has answered; what it refused is logged by the callback. */
  private void sendNow() {
    try {
      consumer.commitSync(ANSWERED_WITHIN);
    } catch (WakeupException e) {
      LOG.debug("Acknowledgements were sent, and their answer is not waited for.");
    }
    unsent = false;
  }

  private void fetch(Duration wait) {
    unsent = false; // whatever there is travels with this fetch
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
        boolean again = record.deliveryCount().map(count -> count > 1).orElse(true);
        waiting.add(new Task(record, again, open.open(record)));
      }
    } catch (WakeupException e) {
      LOG.debug("Polling was ended early.");
      unsent = true; // perhaps before anything was sent
    } catch (GroupIdNotFoundException e) {
      throw new TaskSourceConflictException(group, e);
    }
    fetchedAt = clock.getAsLong();
  }

  private List<Task> handOut(int free) {
    List<Task> tasks = new ArrayList<>();
    while (tasks.size() < free && !waiting.isEmpty()) {
      tasks.add(waiting.removeFirst());
    }
    return tasks;
  }

  private void sendAlone() {
    if (unsent && (open.allDecided() || clock.getAsLong() - fetchedAt >= SEND_ALONE_AFTER_MILLIS)) {
      consumer.commitAsync();
      unsent = false;
    }
  }

  /** Not once it drains: it is about to leave, and a consumer that has left takes no topics. */
  @Override
  public void follow(Collection<String> topics) {
    if (!draining) {
      consumer.subscribe(topics);
    }
  }

  /**
   * A member whose last poll brought nothing goes on fetching behind the scenes, and would lock
   * records that nobody polls for; its partitions would wait for it, too. So it leaves as soon as
   * what it handed out has its verdicts, instead of waiting for the end of what it adopted.
   */
  @Override
  public void drain() {
    draining = true;
    waiting.forEach(this::release);
    waiting.clear();
  }

  @Override
  public void acknowledge(Task task) {
    ((OpenRecords.Entry) task.receipt()).decide(AcknowledgeType.ACCEPT);
  }

  @Override
  public CompletableFuture<Void> recorded(Task task) {
    return closed
        ? CompletableFuture.completedFuture(null)
        : awaited.computeIfAbsent(task.receipt(), receipt -> new CompletableFuture<>());
  }

  @Override
  public boolean isAwaited() {
    return !awaited.isEmpty();
  }

  @Override
  public void release(Task task) {
    ((OpenRecords.Entry) task.receipt()).decide(AcknowledgeType.RELEASE);
  }

  @Override
  public boolean hasUnsettled() {
    return unsent || !open.isEmpty();
  }

  @Override
  public int least() {
    return waiting.isEmpty() ? batch : 1;
  }

  @Override
  public boolean isHeldUp() {
    return heldUp;
  }

  @Override
  public void wakeup() {
    open.wakeup();
    consumer.wakeup();
  }

  /** The broker releases what has no verdict when the session ends with the membership. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      passVerdicts();
      consumer.close();
      unsent = false;
      awaited.values().forEach(recorded -> recorded.complete(null));
      awaited.clear();
    }
  }
}
