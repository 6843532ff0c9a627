package io.millrace.step;

import io.millrace.NonRetryableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@link io.millrace.Retry} as a value. With n failures so far, the next attempt waits {@code
 * min(maxDelay, delay x multiplier^(n-1)) x (1 ± jitter)}.
 *
 * @param maxAttempts 1: no retry
 * @param jitter 0 to 1
 * @param maxElapsed since the first attempt was dispatched
 * @param on only these are retried; empty: all
 * @param notOn these are not, whatever {@code on} says
 */
public record RetryPolicy(
    int maxAttempts,
    Duration delay,
    double multiplier,
    Optional<Duration> maxDelay,
    double jitter,
    Optional<Duration> maxElapsed,
    List<Class<? extends Throwable>> on,
    List<Class<? extends Throwable>> notOn) {
  public RetryPolicy {
    on = List.copyOf(on);
    notOn = List.copyOf(notOn);
    require(maxAttempts >= 1, "maxAttempts is " + maxAttempts + "; the least is 1, no retry");
    require(!delay.isNegative(), "delay is " + delay + "; it cannot be negative");
    require(
        multiplier >= 1 && Double.isFinite(multiplier),
        "multiplier is " + multiplier + "; the least is 1, the same delay every time");
    require(jitter >= 0 && jitter <= 1, "jitter is " + jitter + "; use 0 to 1");
  }

  /** One attempt, no retry. */
  public static RetryPolicy ofDefaults() {
    return new RetryPolicy(
        1,
        Duration.ofSeconds(1),
        2.0,
        Optional.empty(),
        0.0,
        Optional.empty(),
        List.of(),
        List.of());
  }

  /** 1: no retry. */
  public RetryPolicy withMaxAttempts(int attempts) {
    return new RetryPolicy(attempts, delay, multiplier, maxDelay, jitter, maxElapsed, on, notOn);
  }

  /** Before the second attempt, and how it grows from there. */
  public RetryPolicy withDelay(Duration first, double growth) {
    return new RetryPolicy(maxAttempts, first, growth, maxDelay, jitter, maxElapsed, on, notOn);
  }

  /** No delay is longer than this, jitter aside. */
  public RetryPolicy withMaxDelay(Duration longest) {
    return new RetryPolicy(
        maxAttempts, delay, multiplier, Optional.of(longest), jitter, maxElapsed, on, notOn);
  }

  /** 0 to 1. */
  public RetryPolicy withJitter(double share) {
    return new RetryPolicy(maxAttempts, delay, multiplier, maxDelay, share, maxElapsed, on, notOn);
  }

  /** No attempt begins later than this after the first was dispatched. */
  public RetryPolicy withMaxElapsed(Duration longest) {
    return new RetryPolicy(
        maxAttempts, delay, multiplier, maxDelay, jitter, Optional.of(longest), on, notOn);
  }

  /** Only these are retried. */
  public RetryPolicy retryingOn(List<Class<? extends Throwable>> types) {
    return new RetryPolicy(
        maxAttempts, delay, multiplier, maxDelay, jitter, maxElapsed, types, notOn);
  }

  /** These are not retried. */
  public RetryPolicy notRetryingOn(List<Class<? extends Throwable>> types) {
    return new RetryPolicy(maxAttempts, delay, multiplier, maxDelay, jitter, maxElapsed, on, types);
  }

  /**
   * Whether this error may be tried again, attempts aside: {@code not NonRetryableException, and
   * not in notOn, and in on or on is empty}.
   */
  public boolean retries(Throwable error) {
    return !(error instanceof NonRetryableException)
        && notOn.stream().noneMatch(type -> type.isInstance(error))
        && (on.isEmpty() || on.stream().anyMatch(type -> type.isInstance(error)));
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }
}
