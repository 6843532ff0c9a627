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
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumers for streams, lent one at a time to whoever reads. A few idle ones are kept: connecting
 * takes longer than many a run. Thread-safe; a lent consumer is for one thread at a time.
 */
final class StreamConsumers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamConsumers.class);
  private static final int IDLE = 4;

  private final Supplier<Consumer<byte[], byte[]>> make;
  private final Deque<Consumer<byte[], byte[]>> idle = new ArrayDeque<>();
  private final Set<Lease> lent = new HashSet<>();
  private boolean closed;

  StreamConsumers(Supplier<Consumer<byte[], byte[]>> make) {
    this.make = make;
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
      consumer = idle.poll();
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
        idle.push(lease.consumer);
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
      rest = new ArrayList<>(idle);
      idle.clear();
      inUse = new ArrayList<>(lent);
    }
    // Whoever polls them wakes up, sees that the client is closed, and gives them back.
    inUse.forEach(Lease::wakeup);
    rest.forEach(StreamConsumers::dispose);
  }
}
