package io.millrace.bench;

import java.time.Duration;
import java.util.List;

/** How much a benchmark does. */
public enum Scale {
  /** As little as shows that results are right; its times mean nothing. */
  SMOKE(1, Duration.ZERO, Duration.ofMillis(200), true),
  /** Enough to compare two builds, in some minutes. */
  QUICK(3, Duration.ofSeconds(2), Duration.ofSeconds(1), true),
  /** As it is in production: processes that have been at work for a while. */
  FULL(5, Duration.ofSeconds(60), Duration.ofSeconds(4), false);

  private final int rounds;
  private final Duration warmUp;
  private final Duration round;
  private final boolean firstCompiler;

  Scale(int rounds, Duration warmUp, Duration round, boolean firstCompiler) {
    this.rounds = rounds;
    this.warmUp = warmUp;
    this.round = round;
    this.firstCompiler = firstCompiler;
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
   * Options for all JVMs, those of the baseline too. A dozen JVMs on two processors keep their
   * second compilers busy for minutes, which then are half of what is measured; with the first
   * alone they are warm after seconds.
   */
  public List<String> jvm() {
    return firstCompiler ? List.of("-XX:TieredStopAtLevel=1") : List.of();
  }

  /**
   * How long the shared stack keeps streams of runs that have ended: longer than a benchmark reads
   * them, and short enough to see them go.
   */
  public Duration streamRetention() {
    return Duration.ofSeconds(pick(5, 5, 60));
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
