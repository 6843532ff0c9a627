package io.millrace.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The records of one poll of a share consumer until each has its verdict. Verdicts come from any
 * thread and wait here for the one that owns the consumer. Thread-safe.
 */
final class OpenRecords {
  /** A record and what became of it. */
  record Verdict(Entry entry, AcknowledgeType type) {
    ConsumerRecord<byte[], byte[]> record() {
      return entry.record;
    }
  }

  /** One record; only the first verdict counts. */
  final class Entry {
    private final ConsumerRecord<byte[], byte[]> record;
    private boolean decided;

    private Entry(ConsumerRecord<byte[], byte[]> record) {
      this.record = record;
    }

    void decide(AcknowledgeType type) {
      OpenRecords.this.decide(this, type);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private List<Verdict> verdicts = new ArrayList<>();
  private int undecided;
  private boolean woken;

  Entry open(ConsumerRecord<byte[], byte[]> record) {
    lock.lock();
    try {
      undecided++;
      return new Entry(record);
    } finally {
      lock.unlock();
    }
  }

  private void decide(Entry entry, AcknowledgeType type) {
    lock.lock();
    try {
      if (!entry.decided) {
        entry.decided = true;
        undecided--;
        verdicts.add(new Verdict(entry, type));
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The verdicts since the last call. */
  List<Verdict> takeVerdicts() {
    lock.lock();
    try {
      List<Verdict> taken = verdicts;
      verdicts = new ArrayList<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  boolean allDecided() {
    lock.lock();
    try {
      return undecided == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Whether there are verdicts to come, or to be taken. */
  boolean isEmpty() {
    lock.lock();
    try {
      return undecided == 0 && verdicts.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns once every record has its verdict, after {@link #wakeup}, or after {@code longest}.
   *
   * @return whether every record has its verdict
   */
  boolean awaitAllDecided(Duration longest) {
    long left = longest.toNanos();
    lock.lock();
    try {
      while (undecided > 0 && !woken && left > 0) {
        left = changed.awaitNanos(left);
      }
      woken = false;
      return undecided == 0;
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the waiting of now, or the next one. */
  void wakeup() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
