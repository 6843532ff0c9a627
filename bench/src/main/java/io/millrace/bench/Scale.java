package io.millrace.bench;

import java.time.Duration;

/** How much a benchmark does. */
public enum Scale {
  /** As little as shows that results are right; its times mean nothing. */
  SMOKE(1, Duration.ZERO, Duration.ofMillis(200)),
  /** The whole set within three minutes. */
  QUICK(3, Duration.ofSeconds(3), Duration.ofSeconds(1)),
  FULL(7, Duration.ofSeconds(10), Duration.ofSeconds(4));

  private final int rounds;
  private final Duration warmUp;
  private final Duration round;

  Scale(int rounds, Duration warmUp, Duration round) {
    this.rounds = rounds;
    this.warmUp = warmUp;
    this.round = round;
  }

  /** Of which the median counts. */
  public int rounds() {
    return rounds;
  }

  /** Of load before the first round, so that compilers are done. */
  public Duration warmUp() {
    return warmUp;
  }

  /** Of one round that is bounded by time. */
  public Duration round() {
    return round;
  }

  /**
   * How long the shared stack keeps streams of runs that have ended: longer than a benchmark reads
   * them, and short enough to see them go.
   */
  public Duration streamRetention() {
    return Duration.ofSeconds(pick(5, 8, 60));
  }

  /** A count for each scale. */
  public int pick(int smoke, int quick, int full) {
    return switch (this) {
      case SMOKE -> smoke;
      case QUICK -> quick;
      case FULL -> full;
    };
  }
}
