package io.millrace.step;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@link io.millrace.Retry} as a value. */
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
  }
}
