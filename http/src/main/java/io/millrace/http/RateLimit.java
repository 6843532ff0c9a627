package io.millrace.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * A bucket of tokens for each caller: it fills at the rate, and holds one and a half seconds of it.
 * Remembers the callers of late; one that was forgotten begins with a full bucket. Thread-safe.
 */
final class RateLimit {
  private static final int MOST_CALLERS = 10_000;
  private static final double NANOS = 1e9;

  private static final class Bucket {
    double tokens;
    long at;
  }

  private final double perSecond;
  private final double most;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_CALLERS;
        }
      };

  RateLimit(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.most = Math.max(1, perSecond * 1.5);
    this.nanoTime = nanoTime;
  }

  /** Empty if the caller may go on, else the seconds after which it may. */
  synchronized OptionalLong take(String caller) {
    long now = nanoTime.getAsLong();
    Bucket bucket =
        buckets.computeIfAbsent(
            caller,
            name -> {
              Bucket full = new Bucket();
              full.tokens = most;
              full.at = now;
              return full;
            });
    bucket.tokens = Math.min(most, bucket.tokens + (now - bucket.at) / NANOS * perSecond);
    bucket.at = now;
    if (bucket.tokens >= 1) {
      bucket.tokens--;
      return OptionalLong.empty();
    }
    return OptionalLong.of((long) Math.ceil((1 - bucket.tokens) / perSecond));
  }
}
