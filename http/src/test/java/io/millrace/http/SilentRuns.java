package io.millrace.http;

import io.millrace.EventStream;
import io.millrace.StreamedEvent;
import io.millrace.UntypedRunHandle;
import io.millrace.WorkflowClient;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A client whose runs exist and say nothing until their readers are closed. */
final class SilentRuns {
  private final AtomicInteger open = new AtomicInteger();

  /** How many iterators are open. */
  int open() {
    return open.get();
  }

  WorkflowClient client() {
    return Fakes.of(WorkflowClient.class, Map.of("attachUntyped", runId -> handle()));
  }

  private UntypedRunHandle handle() {
    return Fakes.of(
        UntypedRunHandle.class,
        Map.of(
            "inspectionAtAttach",
            none -> Optional.of(Fakes.running("r")),
            "streamEvents",
            options -> stream()));
  }

  EventStream stream() {
    return new EventStream() {
      @Override
      public EventIterator iterator() {
        return new Silence();
      }

      @Override
      public void close() {}
    };
  }

  private final class Silence implements EventStream.EventIterator {
    private final CountDownLatch closed = new CountDownLatch(1);

    Silence() {
      open.incrementAndGet();
    }

    @Override
    public boolean hasNext() {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return false;
    }

    @Override
    public StreamedEvent next() {
      throw new NoSuchElementException();
    }

    @Override
    public synchronized void close() {
      if (closed.getCount() > 0) {
        open.decrementAndGet();
        closed.countDown();
      }
    }
  }
}
