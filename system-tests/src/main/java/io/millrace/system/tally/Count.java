package io.millrace.system.tally;

import io.millrace.StartEvent;

/**
 * Sacks to be weighed.
 *
 * @param seed what they weigh follows from it
 * @param aloud whether each reading is put on the run's stream
 * @param heavyMillis how long every fourth sack takes, from number 1, and one that is alone
 */
public record Count(int sacks, int seed, boolean aloud, long heavyMillis) implements StartEvent {
  /** Longer than the grace, so that such work is adopted. */
  private static final long ADOPTED_MILLIS = 120;

  public Count(int sacks, int seed, boolean aloud) {
    this(sacks, seed, aloud, ADOPTED_MILLIS);
  }

  /** What a sack weighs, from 0; never the same for two of one count. */
  public int kilosOf(int number) {
    return number * 1000 + Math.floorMod(seed * 31 + number * 17, 100);
  }

  /** How long it takes to weigh it. */
  public long millisOf(int number) {
    return number % 4 == 1 || sacks == 1 ? heavyMillis : 0;
  }
}
