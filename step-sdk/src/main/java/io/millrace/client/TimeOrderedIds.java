package io.millrace.client;

import java.security.SecureRandom;
import java.util.UUID;

/** UUIDs of version 7: sorted by the millisecond they were made in, random otherwise. */
final class TimeOrderedIds {
  private static final SecureRandom RANDOM = new SecureRandom();

  private TimeOrderedIds() {}

  static String next() {
    return at(System.currentTimeMillis(), RANDOM.nextLong(), RANDOM.nextLong()).toString();
  }

  static UUID at(long millis, long randomA, long randomB) {
    long high = (millis << 16) | 0x7000L | (randomA & 0x0fffL);
    long low = (randomB & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
