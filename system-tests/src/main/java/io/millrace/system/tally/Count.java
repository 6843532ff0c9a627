package io.millrace.system.tally;

import io.millrace.StartEvent;

/**
 * Sacks to be weighed.
 *
 * @param seed what they weigh follows from it
 * @param aloud whether each reading is put on the run's stream
 */
public record Count(int sacks, int seed, boolean aloud) implements StartEvent {
  /** What a sack weighs, from 0; never the same for two of one count. */
  public int kilosOf(int number) {
    return number * 1000 + Math.floorMod(seed * 31 + number * 17, 100);
  }
}
