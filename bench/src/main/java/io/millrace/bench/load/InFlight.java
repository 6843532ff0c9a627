package io.millrace.bench.load;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was begun and has not ended yet, at most so many at a time. For one thread that begins. */
public final class InFlight {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final int most;
  private final Semaphore free;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  public InFlight(int most) {
    this.most = most;
    this.free = new Semaphore(most);
  }

  /** Begins this, once there is room for it. */
  public void begin(Supplier<? extends CompletableFuture<?>> what) throws InterruptedException {
    acquire(1);
    what.get()
        .whenComplete(
            (result, error) -> {
              if (error != null) {
                failure.compareAndSet(null, error);
              }
              free.release();
            });
  }

  /** Returns when all that was begun has ended. */
  public void await() throws InterruptedException {
    acquire(most);
    free.release(most);
  }

  private void acquire(int permits) throws InterruptedException {
    boolean acquired = free.tryAcquire(permits, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    Throwable error = failure.get();
    if (error != null) {
      throw new IllegalStateException("what was begun failed: " + error, error);
    }
    if (!acquired) {
      throw new IllegalStateException(
          "%d did not end within %s".formatted(most - free.availablePermits(), LIMIT));
    }
  }
}
