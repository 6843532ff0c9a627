package io.millrace.bench.load;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps a number of operations in flight until closed; {@link #ended} tells how many have ended.
 * Any failure of one is thrown by the next call.
 */
public final class Load implements AutoCloseable {
  /** Over all loads, so that an operation's number is its own. */
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final Operation operation;
  private final InFlight inFlight;
  private final Thread starter = new Thread(this::begin, "bench-starter");

  private Load(Operation operation, int inFlight) {
    this.operation = operation;
    this.inFlight = new InFlight(inFlight);
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
      while (inFlight.begin(() -> operation.begin(nextNumber()))) {}
    } catch (RuntimeException | InterruptedException e) {
      inFlight.fail(e);
    }
  }

  /** How many operations have ended. */
  public long ended() {
    return inFlight.ended();
  }

  /** Begins no more, and returns when all that were begun have ended. */
  @Override
  public void close() throws InterruptedException {
    inFlight.await();
    starter.join();
  }
}
