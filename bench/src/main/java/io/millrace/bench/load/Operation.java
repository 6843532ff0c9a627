package io.millrace.bench.load;

import java.util.concurrent.CompletableFuture;

/** Something that is begun and ends later: a run, or a record's way through a raw chain. */
@FunctionalInterface
public interface Operation {
  /**
   * Called by one thread, which it may hold up for a moment.
   *
   * @param number of this one; no two have the same
   * @return fails if the result is wrong
   */
  CompletableFuture<?> begin(long number);
}
