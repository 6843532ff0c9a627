package io.millrace.client;

import io.millrace.ClientClosedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumers for streams, lent one at a time to whoever reads. A few idle ones are kept: connecting
 * takes longer than many a run. One that was just given back still has its last fetch under way,
 * and a broker answers the questions of a connection one after the other; so it rests until that
 * fetch is over. Thread-safe; a lent consumer is for one thread at a time.
 */
final class StreamConsumers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamConsumers.class);
  private static final int IDLE = 8;

  private record Idle(Consumer<byte[], byte[]> consumer, long sinceNanos) {}

  private final Supplier<Consumer<byte[], byte[]>> make;
  private final long restNanos;
  private final LongSupplier clock;

  /** Who rests longest comes first. */
  private final Deque<Idle> idle = new ArrayDeque<>();

  private final Set<Lease> lent = new HashSet<>();
  private boolean closed;

  /**
   * @param longestFetch of the consumers
   * @param clock nanoseconds, monotonic
   */
  StreamConsumers(
      Supplier<Consumer<byte[], byte[]>> make, Duration longestFetch, LongSupplier clock) {
    this.make = make;
    this.restNanos = longestFetch.toNanos();
    this.clock = clock;
  }

  /** One reader's use of a consumer. */
  final class Lease {
    private final Consumer<byte[], byte[]> consumer;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean spoilt;

    private Lease(Consumer<byte[], byte[]> consumer) {
      this.consumer = consumer;
    }

    Consumer<byte[], byte[]> consumer() {
      return consumer;
    }

    /** Ends a poll that another thread is in; the consumer is not lent again. */
    void wakeup() {
      spoilt = true;
      consumer.wakeup();
    }

    /** The consumer failed; it is not lent again. */
    void spoil() {
      spoilt = true;
    }

    /** Gives it back; by the thread that used it last, or when that is done with it. */
    void end() {
      if (ended.compareAndSet(false, true)) {
        takeBack(this);
      }
    }
  }

  /**
   * @throws ClientClosedException if closed
   */
  Lease lend() {
    @Nullable Consumer<byte[], byte[]> consumer;
    synchronized (this) {
      check();
      consumer = rested();
    }
    if (consumer == null) {
      consumer = make.get();
    }
    Lease lease = new Lease(consumer);
    synchronized (this) {
      if (!closed) {
        lent.add(lease);
        return lease;
      }
    }
    lease.consumer.close();
    throw closedException();
  }

  private @Nullable Consumer<byte[], byte[]> rested() {
    Idle oldest = idle.peek();
    if (oldest == null || clock.getAsLong() - oldest.sinceNanos() < restNanos) {
      return null;
    }
    idle.remove();
    return oldest.consumer();
  }

  private void check() {
    if (closed) {
      throw closedException();
    }
  }

  private static ClientClosedException closedException() {
    return new ClientClosedException("the client is closed; its streams can no longer be read");
  }

  private void takeBack(Lease lease) {
    boolean keep = !lease.spoilt;
    if (keep) {
      lease.consumer.unsubscribe();
    }
    synchronized (this) {
      lent.remove(lease);
      if (keep && !closed && idle.size() < IDLE) {
        idle.add(new Idle(lease.consumer, clock.getAsLong()));
        return;
      }
    }
    dispose(lease.consumer);
  }

  private static void dispose(Consumer<byte[], byte[]> consumer) {
    try {
      consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    } catch (KafkaException e) {
      LOG.debug("a stream consumer did not close in order; it is dropped", e);
    }
  }

  @Override
  public void close() {
    List<Consumer<byte[], byte[]>> rest;
    List<Lease> inUse;
    synchronized (this) {
      closed = true;
      rest = idle.stream().map(Idle::consumer).toList();
      idle.clear();
      inUse = new ArrayList<>(lent);
    }
    // Whoever polls them wakes up, sees that the client is closed, and gives them back.
    inUse.forEach(Lease::wakeup);
    rest.forEach(StreamConsumers::dispose);
  }
}
