package io.millrace.registry;

import java.time.Duration;

/**
 * How often and how far apart a request is repeated.
 *
 * <pre>
 * wait(n) = min(firstWait * 2^(n-1), longestWait), n = 1 for the first repetition
 * </pre>
 *
 * @param maxRetries repetitions after the first round over all addresses; 0 = none
 */
record RetryPolicy(int maxRetries, Duration firstWait, Duration longestWait) {
  static RetryPolicy from(Settings settings) {
    return new RetryPolicy(
        settings.number("max.retries", 3, 0),
        settings.millis("retries.wait.ms", Duration.ofMillis(200)),
        settings.millis("retries.max.wait.ms", Duration.ofSeconds(5)));
  }

  Duration waitBefore(int repetition) {
    int doublings = Math.min(repetition - 1, 30);
    long millis = firstWait.toMillis() << doublings;
    boolean overflowed = millis >> doublings != firstWait.toMillis();
    return overflowed || millis > longestWait.toMillis() ? longestWait : Duration.ofMillis(millis);
  }
}
