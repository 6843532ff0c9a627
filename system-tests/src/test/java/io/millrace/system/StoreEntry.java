package io.millrace.system;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The key of an entry of the coordinators' store, read from its bytes alone: {@code run 00 kind
 * name 00 number} of a run, {@code 01 due run 00 name} of the timers in order of time.
 *
 * @param kind {@link #HEAD}, {@link #NOTE}, {@link #TIMER}, or another letter
 */
record StoreEntry(String run, char kind, String name) {
  static final char HEAD = 'A';
  static final char NOTE = 'n';
  static final char TIMER = 't';

  private static final byte TIMERS = 1;
  private static final int DUE_BYTES = 8;
  private static final int NUMBER_BYTES = 8;

  /** Empty of what belongs to no run: how far a task has read. */
  static Optional<StoreEntry> of(byte[] key) {
    if (key[0] == 0) {
      return Optional.empty();
    }
    if (key[0] == TIMERS) {
      int end = zero(key, 1 + DUE_BYTES);
      return Optional.of(
          new StoreEntry(text(key, 1 + DUE_BYTES, end), TIMER, text(key, end + 1, key.length)));
    }
    int end = zero(key, 0);
    return Optional.of(
        new StoreEntry(
            text(key, 0, end),
            (char) key[end + 1],
            text(key, end + 2, key.length - NUMBER_BYTES - 1)));
  }

  private static int zero(byte[] key, int from) {
    for (int i = from; i < key.length; i++) {
      if (key[i] == 0) {
        return i;
      }
    }
    throw new AssertionError(
        "a key of the coordinators' store without its separator: " + text(key, 0, key.length));
  }

  private static String text(byte[] key, int from, int to) {
    return new String(key, from, to - from, StandardCharsets.UTF_8);
  }
}
