package io.millrace.coordinator.simulation;

import java.util.concurrent.atomic.AtomicLong;

/** One history of the core as it is, for who measures how fast it is lived. Thread-safe. */
public final class OneHistory {
  private OneHistory() {}

  /**
   * Lives the history of this seed.
   *
   * @return how often an input was applied, the examination's rehearsals and repeats included
   * @throws AssertionError if a law is broken
   */
  public static long live(long seed) {
    AtomicLong transitions = new AtomicLong();
    Rules.Maker counted =
        deeds -> {
          Rules real = Rules.real().make(deeds);
          return (graph, store, input, arrival) -> {
            transitions.incrementAndGet();
            return real.apply(graph, store, input, arrival);
          };
        };
    new World(Choices.ofSeed(seed), counted, Trace.off(), new Visited()).live();
    return transitions.get();
  }
}
