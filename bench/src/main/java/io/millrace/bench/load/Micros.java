package io.millrace.bench.load;

import java.time.Instant;

/** A clock that the processes of one machine share. */
public final class Micros {
  private Micros() {}

  /** Microseconds since the epoch. */
  public static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }
}
