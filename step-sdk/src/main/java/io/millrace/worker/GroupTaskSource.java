package io.millrace.worker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks from a consumer group. Offsets are committed by hand, as far as everything before them is
 * dealt with, in batches. Records that were fetched and not started wait in a small buffer; when it
 * is full the partitions are paused, and polling goes on for the sake of the membership.
 */
final class GroupTaskSource implements TaskSource, ConsumerRebalanceListener {
  private static final Logger LOG = LoggerFactory.getLogger(GroupTaskSource.class);
  private static final Duration ADMIN_WAIT = Duration.ofSeconds(5);

  /**
   * For the answer when it leaves the group, which it asks for before anything else. What a longer
   * time would be spent on is the answer to the last fetch, which the broker may hold for long;
   * meanwhile the worker could not say goodbye.
   */
  private static final Duration LEAVE_WAIT = Duration.ofMillis(200);

  private static final long COMMIT_EVERY_MILLIS = 100;
  private static final long POLL_EVERY_MILLIS = 10;

  private final Consumer<byte[], byte[]> consumer;
  private final int prefetch;
  private final LongSupplier clock;
  private final Map<TopicPartition, OffsetTracker> trackers = new HashMap<>();
  private final ArrayDeque<Task> buffer = new ArrayDeque<>();
  private boolean commitUnderway;
  private boolean commitFailed;
  private long lastCommit;
  private long lastPoll;

  /**
   * @param prefetch records that may wait here for a free slot
   * @param clock milliseconds, monotonic
   */
  GroupTaskSource(
      Consumer<byte[], byte[]> consumer,
      Collection<String> topics,
      int prefetch,
      LongSupplier clock) {
    this.consumer = consumer;
    this.prefetch = prefetch;
    this.clock = clock;
    consumer.subscribe(topics, this);
  }

  @Override
  public List<Task> poll(int free, Duration wait) {
    boolean enough = free > 0 && buffer.size() >= free;
    if (!enough || clock.getAsLong() - lastPoll >= POLL_EVERY_MILLIS) {
      fetch(free > 0 && buffer.isEmpty() ? wait : Duration.ZERO);
      commitIfDue();
    }
    List<Task> tasks = new ArrayList<>();
    while (tasks.size() < free && !buffer.isEmpty()) {
      tasks.add(buffer.removeFirst());
    }
    return tasks;
  }

  @Override
  public void follow(Collection<String> topics) {
    consumer.subscribe(topics, this);
  }

  /** Nothing to do: only a member can commit, so it stays one until the end. */
  @Override
  public void drain() {
    LOG.debug("No more records are taken. topics={}", consumer.subscription());
  }

  private void fetch(Duration wait) {
    // Decided anew each time from what is assigned now, so that a rebalance cannot leave a
    // partition paused for ever.
    if (buffer.size() >= prefetch) {
      consumer.pause(consumer.assignment());
    } else {
      consumer.resume(consumer.paused());
    }
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
        OffsetTracker tracker =
            trackers.get(new TopicPartition(record.topic(), record.partition()));
        if (tracker != null) {
          buffer.add(
              new Task(
                  record,
                  tracker.maybeRedelivered(record.offset()),
                  tracker.fetched(record.offset())));
        }
      }
    } catch (WakeupException e) {
      LOG.debug("Polling was ended early.");
    } catch (InconsistentGroupProtocolException | GroupIdNotFoundException e) {
      throw new TaskSourceConflictException(consumer.groupMetadata().groupId(), e);
    }
    lastPoll = clock.getAsLong();
  }

  @Override
  public void acknowledge(Task task) {
    ((OffsetTracker.Entry) task.receipt()).acknowledge();
  }

  @Override
  public CompletableFuture<Void> recorded(Task task) {
    return ((OffsetTracker.Entry) task.receipt()).recorded();
  }

  @Override
  public boolean isAwaited() {
    return trackers.values().stream().anyMatch(OffsetTracker::isAwaited);
  }

  /** Nothing to do: what is not acknowledged is not committed, and the next owner gets it. */
  @Override
  public void release(Task task) {
    LOG.debug("A record is left to others. record={}", task.origin());
  }

  @Override
  public boolean hasUnsettled() {
    return trackers.values().stream().anyMatch(OffsetTracker::hasUnsettled);
  }

  @Override
  public int least() {
    return 1;
  }

  /** A consumer group goes on past what is not acknowledged. */
  @Override
  public boolean isHeldUp() {
    return false;
  }

  @Override
  public void wakeup() {
    consumer.wakeup();
  }

  private void commitIfDue() {
    long now = clock.getAsLong();
    if (commitUnderway || (now - lastCommit < COMMIT_EVERY_MILLIS && !isCommitPressing())) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = committable(trackers.keySet());
    if (offsets.isEmpty()) {
      return;
    }
    lastCommit = now;
    commitUnderway = true;
    consumer.commitAsync(
        offsets,
        (committed, error) -> {
          commitUnderway = false;
          commitFailed = error != null;
          if (error == null) {
            noteCommitted(committed);
          } else {
            LOG.warn(
                "Offsets could not be committed; they are committed again soon, or their records run"
                    + " again elsewhere and are disregarded. partitions={} error={}",
                committed.keySet(),
                error.toString());
          }
        });
  }

  /** One that failed is tried again at the usual pace. */
  private boolean isCommitPressing() {
    return !commitFailed && trackers.values().stream().anyMatch(OffsetTracker::isCommitAwaited);
  }

  private Map<TopicPartition, OffsetAndMetadata> committable(Collection<TopicPartition> of) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : of) {
      OffsetTracker tracker = trackers.get(partition);
      if (tracker != null) {
        tracker
            .committable()
            .ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset)));
      }
    }
    return offsets;
  }

  private void noteCommitted(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (partition, offset) -> {
          OffsetTracker tracker = trackers.get(partition);
          if (tracker != null) {
            tracker.committed(offset.offset());
          }
        });
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> ends = ends(partitions);
    for (TopicPartition partition : partitions) {
      trackers.put(partition, new OffsetTracker(ends.getOrDefault(partition, Long.MAX_VALUE)));
    }
  }

  /** Without an answer every record counts as a redelivery, which costs time and no truth. */
  private Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    try {
      return partitions.isEmpty() ? Map.of() : consumer.endOffsets(partitions, ADMIN_WAIT);
    } catch (KafkaException e) {
      LOG.warn(
          "End offsets are unknown; records of these partitions are adopted before they run."
              + " partitions={} error={}",
          partitions,
          e.toString());
      return Map.of();
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    commitNow(partitions);
    forget(partitions);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    forget(partitions);
  }

  private void commitNow(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = committable(partitions);
    if (offsets.isEmpty()) {
      return;
    }
    try {
      commitUninterrupted(offsets);
      noteCommitted(offsets);
    } catch (KafkaException e) {
      LOG.warn(
          "Offsets could not be committed; their records run again elsewhere and are disregarded."
              + " partitions={} error={}",
          offsets.keySet(),
          e.toString());
    }
  }

  /** The wake-up that ends the loop may still be pending here, and would end this call instead. */
  private void commitUninterrupted(Map<TopicPartition, OffsetAndMetadata> offsets) {
    try {
      consumer.commitSync(offsets, ADMIN_WAIT);
    } catch (WakeupException e) {
      consumer.commitSync(offsets, ADMIN_WAIT);
    }
  }

  private void forget(Collection<TopicPartition> partitions) {
    Set<TopicPartition> gone = new HashSet<>(partitions);
    for (TopicPartition partition : gone) {
      OffsetTracker tracker = trackers.remove(partition);
      if (tracker != null) {
        tracker.gone();
      }
    }
    buffer.removeIf(
        task ->
            gone.contains(new TopicPartition(task.record().topic(), task.record().partition())));
  }

  @Override
  public void close() {
    commitNow(List.copyOf(trackers.keySet()));
    buffer.clear();
    consumer.close(CloseOptions.timeout(LEAVE_WAIT));
    forget(List.copyOf(trackers.keySet()));
  }
}
