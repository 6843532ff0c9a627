package io.millrace.worker;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Who waits for which offsets of a partition to be committed. Not thread-safe. */
final class Awaited {
  private final TreeMap<Long, CompletableFuture<Void>> byOffset = new TreeMap<>();

  CompletableFuture<Void> of(long offset) {
    return byOffset.computeIfAbsent(offset, key -> new CompletableFuture<>());
  }

  boolean isAny() {
    return isAnyBelow(Long.MAX_VALUE);
  }

  boolean isAnyBelow(long position) {
    byOffset.values().removeIf(CompletableFuture::isDone); // whoever waited has given up
    return !byOffset.headMap(position).isEmpty();
  }

  /** Removes them, for the caller to end: not under a lock. */
  List<CompletableFuture<Void>> takeBelow(long position) {
    SortedMap<Long, CompletableFuture<Void>> below = byOffset.headMap(position);
    List<CompletableFuture<Void>> taken = List.copyOf(below.values());
    below.clear();
    return taken;
  }
}
