package io.millrace.coordinator.topology;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.RunInput;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The task's timers by due time, in its store. Due ones are appended to the run log; nothing else
 * happens here (law 2). An append whose timer is still there after {@code repeat} is made again.
 *
 * <p>Removed timers leave tombstones at the front, over which a scan from the beginning would crawl
 * ever longer. So each scan begins where the last one ended, and only once per {@code repeat} at
 * the oldest timer known to be alive. Not thread-safe.
 */
final class TimerIndex {
  /**
   * How far a scan looks ahead for what is next. What was removed there leaves tombstones too, and
   * a scan without an end would crawl over all of them.
   */
  private static final long AHEAD_MILLIS = 1_000;

  private final KeyValueStore<Bytes, byte[]> store;
  private final StoreWrites writes;
  private final InputSink sink;
  private final long repeatMillis;
  private final Map<Bytes, Long> appendedAt = new HashMap<>();

  /** No timer before this one is alive. */
  private Bytes oldest = StoreKeys.timersFrom(0);

  /** Timers before this one have been appended in this sweep. */
  private Bytes cursor = oldest;

  private @Nullable Bytes oldestOfSweep;
  private long sweepStarted;

  /** Nothing is to be done before this time, so nothing is looked up either. */
  private long quietUntil;

  /**
   * @param writes to {@code store}; nothing waits there when {@link #fire} is called
   */
  TimerIndex(
      KeyValueStore<Bytes, byte[]> store, StoreWrites writes, InputSink sink, Duration repeat) {
    this.store = store;
    this.writes = writes;
    this.sink = sink;
    this.repeatMillis = repeat.toMillis();
  }

  void changed(
      String runId, String timerId, Entry.@Nullable Timer before, Entry.@Nullable Timer now) {
    if (before != null) {
      Bytes key = StoreKeys.timer(due(before), runId, timerId);
      appendedAt.remove(key);
      writes.put(key, null);
    }
    if (now != null) {
      Bytes key = StoreKeys.timer(due(now), runId, timerId);
      writes.put(key, ByteBuffer.allocate(8).putLong(now.generation()).array());
      quietUntil = Math.min(quietUntil, due(now));
      if (key.compareTo(cursor) < 0) {
        cursor = key;
      }
      if (key.compareTo(oldest) < 0) {
        oldest = key;
      }
      if (oldestOfSweep != null && key.compareTo(oldestOfSweep) < 0) {
        oldestOfSweep = key;
      }
    }
  }

  /**
   * Appends what is due.
   *
   * @param nowMillis wall clock
   * @param budgetNanos time after which the rest is left to the next call
   * @return how many were appended
   */
  int fire(long nowMillis, long budgetNanos) {
    if (nowMillis < quietUntil) {
      return 0;
    }
    if (nowMillis - sweepStarted >= repeatMillis) {
      beginSweep(nowMillis);
    }
    Bytes end = StoreKeys.timersFrom(nowMillis + 1);
    long deadline = System.nanoTime() + budgetNanos;
    int appended = 0;
    quietUntil = nowMillis + AHEAD_MILLIS;
    Bytes ahead = StoreKeys.timersFrom(quietUntil);
    try (KeyValueIterator<Bytes, byte[]> timers = store.range(cursor, ahead)) {
      while (timers.hasNext()) {
        KeyValue<Bytes, byte[]> timer = timers.next();
        if (timer.key.compareTo(end) >= 0) {
          quietUntil = StoreKeys.timer(timer.key).due();
          break;
        }
        if (oldestOfSweep == null) {
          oldestOfSweep = timer.key;
        }
        Long last = appendedAt.get(timer.key);
        if (last == null || nowMillis - last >= repeatMillis) {
          StoreKeys.TimerKey key = StoreKeys.timer(timer.key);
          long generation = ByteBuffer.wrap(timer.value).getLong();
          sink.append(key.runId(), new RunInput.TimerFired(key.timerId(), generation));
          appendedAt.put(timer.key, nowMillis);
          appended++;
        }
        if (System.nanoTime() > deadline) {
          cursor = timer.key;
          quietUntil = nowMillis;
          return appended;
        }
      }
    }
    cursor = end.compareTo(cursor) > 0 ? end : cursor;
    if (!appendedAt.isEmpty()) {
      quietUntil = Math.min(quietUntil, sweepStarted + repeatMillis);
    }
    return appended;
  }

  /** When {@link #fire} has something to look for, in milliseconds of the wall clock. */
  long quietUntil() {
    return quietUntil;
  }

  private void beginSweep(long nowMillis) {
    if (sweepStarted > 0) {
      oldest = oldestOfSweep == null ? cursor : oldestOfSweep;
    }
    oldestOfSweep = null;
    cursor = oldest;
    sweepStarted = nowMillis;
  }

  private static long due(Entry.Timer timer) {
    return Math.max(0, timer.due().toEpochMilli());
  }
}
