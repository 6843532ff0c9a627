package io.millrace.http;

import io.millrace.EventStream;
import io.millrace.StreamedEvent;
import io.millrace.UntypedRunHandle;
import io.millrace.WorkflowClient;
import java.lang.reflect.Proxy;
import java.util.NoSuchElementException;
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
    return fake(
        WorkflowClient.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("attachUntyped")) {
            return handle();
          }
          throw new AssertionError("not for this test: " + method);
        });
  }

  private UntypedRunHandle handle() {
    return fake(
        UntypedRunHandle.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("streamEvents")) {
            return stream();
          }
          throw new AssertionError("not for this test: " + method);
        });
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

  private static <T> T fake(Class<T> type, java.lang.reflect.InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(SilentRuns.class.getClassLoader(), new Class<?>[] {type}, handler));
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
