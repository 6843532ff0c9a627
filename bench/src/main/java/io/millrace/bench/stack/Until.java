package io.millrace.bench.stack;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Looks at something again and again until it is right. Immutable.
 *
 * @param limit for how long, at the most; there is one look at the least
 * @param pause between two looks
 */
public record Until(Duration limit, Duration pause) {
  /** What is looked at; may wait for it. */
  @FunctionalInterface
  public interface Look<T> {
    T now() throws InterruptedException;
  }

  /** What was seen last: right, unless time was up. */
  public <T> T last(Look<T> look, Predicate<T> right) throws InterruptedException {
    long began = System.nanoTime();
    while (true) {
      T seen = look.now();
      if (right.test(seen) || System.nanoTime() - began > limit.toNanos()) {
        return seen;
      }
      Thread.sleep(pause.toMillis());
    }
  }

  /**
   * Returns when it is right.
   *
   * @param problem in words, of what was seen last
   * @throws IllegalStateException if time is up
   */
  public <T> void await(Look<T> look, Predicate<T> right, Function<T, String> problem)
      throws InterruptedException {
    T last = last(look, right);
    if (!right.test(last)) {
      throw new IllegalStateException(problem.apply(last));
    }
  }
}
