package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.OpenExecution;
import java.time.Duration;
import java.time.Instant;

/** When a failed attempt is tried again: min(maxDelay, delay x multiplier^(n-1)) x (1 ± jitter). */
final class Backoff {
  private static final double LONGEST_MILLIS = Duration.ofDays(365).toMillis();

  private Backoff() {}

  static Duration delay(StepSpec.RetryPolicy policy, OpenExecution execution) {
    double millis = policy.delay().toMillis() * Math.pow(policy.multiplier(), execution.failures());
    Duration most = policy.maxDelay();
    if (most != null) {
      millis = Math.min(millis, most.toMillis());
    }
    double jitter = Ids.jitter(execution.id(), execution.attempt()) * policy.jitter();
    millis = Math.min(millis * (1 + jitter), LONGEST_MILLIS);
    return Duration.ofMillis(Math.max(0, Math.round(millis)));
  }

  static boolean allows(StepSpec.RetryPolicy policy, OpenExecution execution, Instant next) {
    Duration most = policy.maxElapsed();
    return execution.attempt() < policy.maxAttempts()
        && (most == null
            || Duration.between(execution.firstDispatchedAt(), next).compareTo(most) <= 0);
  }
}
