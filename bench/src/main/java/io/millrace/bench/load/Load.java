package io.millrace.bench.load;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a number of operations in flight until closed; {@link #ended} tells how many have ended.
 * Any failure of one is thrown by the next call.
 */
public final class Load implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Over all loads, so that an operation's number is its own. */
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final Operation operation;
  private final int inFlight;
  private final Semaphore permits;
  private final AtomicLong ended = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Thread starter = new Thread(this::begin, "bench-starter");
  private volatile boolean stopping;

  private Load(Operation operation, int inFlight) {
    this.operation = operation;
    this.inFlight = inFlight;
    this.permits = new Semaphore(inFlight);
    starter.setDaemon(true);
  }

  /** Begins. */
  public static Load start(Operation operation, int inFlight) {
    Load load = new Load(operation, inFlight);
    load.starter.start();
    return load;
  }

  static long nextNumber() {
    return NUMBERS.getAndIncrement();
  }

  private void begin() {
    try {
      while (true) {
        permits.acquire();
        if (stopping) {
          permits.release();
          return;
        }
        operation.begin(nextNumber()).whenComplete(this::end);
      }
    } catch (RuntimeException | InterruptedException e) {
      failure.compareAndSet(null, e);
      permits.release();
    }
  }

  private void end(@Nullable Object result, @Nullable Throwable error) {
    if (error != null) {
      failure.compareAndSet(null, error);
    }
    ended.incrementAndGet();
    permits.release();
  }

  /** How many operations have ended. */
  public long ended() {
    check();
    return ended.get();
  }

  /** Begins no more, and returns when all that were begun have ended. */
  @Override
  public void close() throws InterruptedException {
    stopping = true;
    if (!permits.tryAcquire(inFlight, LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      check();
      throw new IllegalStateException(
          "%d of %d operations in flight did not end within %s"
              .formatted(inFlight - permits.availablePermits(), inFlight, LIMIT));
    }
    permits.release(inFlight);
    starter.join(LIMIT.toMillis());
    check();
  }

  private void check() {
    Throwable error = failure.get();
    if (error != null) {
      throw new IllegalStateException("an operation failed: " + error, error);
    }
  }
}
