package io.millrace.bench.load;

import java.util.concurrent.CompletableFuture;

/** Something that is begun and ends later: a run, or a record's way through a raw chain. */
@FunctionalInterface
public interface Operation {
  /**
   * May block for a moment, and is called by several threads.
   *
   * @param number of this one; no two have the same
   * @return fails if the result is wrong
   */
  CompletableFuture<?> begin(long number);
}
