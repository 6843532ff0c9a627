package io.millrace.worker;

import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

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

    /** Ends once a commit covers this record, or nobody can make it here any more. */
    CompletableFuture<Void> recorded() {
      return OffsetTracker.this.recorded(this);
    }
  }

  private final long redeliveryEnd;
  private final ArrayDeque<Entry> open = new ArrayDeque<>();
  private final Awaited awaited = new Awaited();
  private long next = -1;
  private long committed = -1;

  /**
   * @param redeliveryEnd the partition's end when assigned: what is below may have been elsewhere
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
    return position() > committed ? OptionalLong.of(position()) : OptionalLong.empty();
  }

  private long position() {
    return open.isEmpty() ? next : open.getFirst().offset;
  }

  private synchronized CompletableFuture<Void> recorded(Entry entry) {
    return committed > entry.offset
        ? CompletableFuture.completedFuture(null)
        : awaited.of(entry.offset);
  }

  /** Somebody waits for a commit, be it one that cannot be made yet. */
  synchronized boolean isAwaited() {
    return awaited.isAny();
  }

  /** Somebody waits for a commit that can be made now. */
  synchronized boolean isCommitAwaited() {
    return awaited.isAnyBelow(position());
  }

  void committed(long position) {
    passed(position).forEach(recorded -> recorded.complete(null));
  }

  private synchronized List<CompletableFuture<Void>> passed(long position) {
    committed = Math.max(committed, position);
    return awaited.takeBelow(position);
  }

  /** The partition is with others: nothing of it is committed here any more. */
  void gone() {
    committed(Long.MAX_VALUE);
  }

  synchronized boolean hasUnsettled() {
    return !open.isEmpty() || next > committed;
  }
}
