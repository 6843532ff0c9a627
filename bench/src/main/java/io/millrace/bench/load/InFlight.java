package io.millrace.bench.load;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Operations that were begun and have not ended yet, at most so many at a time. One thread begins
 * them, any thread may ask. Once one has failed, no other begins.
 */
public final class InFlight {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final int most;
  private final Semaphore free;
  private final AtomicLong ended = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean closed;

  public InFlight(int most) {
    this.most = most;
    this.free = new Semaphore(most);
  }

  /**
   * Begins one, once there is room for it.
   *
   * @return false if by then no more are to begin
   * @throws IllegalStateException if one has failed, or none ends for long
   */
  public boolean begin(Supplier<? extends CompletableFuture<?>> one) throws InterruptedException {
    acquire(1);
    if (closed || failure.get() != null) {
      free.release();
      check();
      return false;
    }
    try {
      one.get().whenComplete(this::end);
    } catch (RuntimeException e) {
      fail(e);
      free.release();
      throw e;
    }
    return true;
  }

  private void end(@Nullable Object result, @Nullable Throwable error) {
    if (error != null) {
      fail(error);
    }
    ended.incrementAndGet();
    free.release();
  }

  /** Whoever asks next is told; of several failures the first. */
  void fail(Throwable error) {
    failure.compareAndSet(null, error);
  }

  /**
   * How many have ended.
   *
   * @throws IllegalStateException if one has failed
   */
  public long ended() {
    check();
    return ended.get();
  }

  /**
   * Lets no more begin, and returns when all that were begun have ended.
   *
   * @throws IllegalStateException if one has failed, or some do not end
   */
  public void await() throws InterruptedException {
    closed = true;
    acquire(most);
    free.release(most);
    check();
  }

  private void acquire(int permits) throws InterruptedException {
    if (!free.tryAcquire(permits, LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      check();
      throw new IllegalStateException(
          "%d of %d operations in flight did not end within %s"
              .formatted(most - free.availablePermits(), most, LIMIT));
    }
  }

  private void check() {
    Throwable error = failure.get();
    if (error != null) {
      throw new IllegalStateException("an operation failed: " + error, error);
    }
  }
}
