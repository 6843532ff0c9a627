package io.millrace.worker;

import java.util.ArrayDeque;
import java.util.OptionalLong;

/**
 * Which offsets of one assigned partition are dealt with. Only the contiguous prefix may be
 * committed: an offset that is committed too early is work lost. Thread-safe; lives as long as one
 * assignment, so that acknowledgements of an earlier one change nothing.
 */
final class OffsetTracker {
  /** One fetched record. */
  final class Entry {
    private final long offset;
    private boolean acknowledged;

    private Entry(long offset) {
      this.offset = offset;
    }

    void acknowledge() {
      OffsetTracker.this.acknowledge(this);
    }
  }

  private final long redeliveryEnd;
  private final ArrayDeque<Entry> open = new ArrayDeque<>();
  private long next = -1;
  private long committed = -1;

  /**
   * @param redeliveryEnd the partition's end when it was assigned: records below it may have been
   *     with somebody else
   */
  OffsetTracker(long redeliveryEnd) {
    this.redeliveryEnd = redeliveryEnd;
  }

  boolean maybeRedelivered(long offset) {
    return offset < redeliveryEnd;
  }

  /** Offsets come in increasing order, possibly with gaps. */
  synchronized Entry fetched(long offset) {
    Entry entry = new Entry(offset);
    open.addLast(entry);
    next = offset + 1;
    if (committed < 0) {
      committed = offset;
    }
    return entry;
  }

  private synchronized void acknowledge(Entry entry) {
    entry.acknowledged = true;
    while (!open.isEmpty() && open.getFirst().acknowledged) {
      open.removeFirst();
    }
  }

  /** The offset to commit: of the first record not dealt with. Empty if that is committed. */
  synchronized OptionalLong committable() {
    long position = open.isEmpty() ? next : open.getFirst().offset;
    return position > committed ? OptionalLong.of(position) : OptionalLong.empty();
  }

  synchronized void committed(long position) {
    committed = Math.max(committed, position);
  }

  synchronized boolean hasUnsettled() {
    return !open.isEmpty() || next > committed;
  }
}
