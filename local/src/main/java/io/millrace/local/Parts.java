package io.millrace.local;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/**
 * Things that were started in an order and are closed in the opposite one. One that cannot be
 * closed does not keep the others open. Not safe for use by several threads.
 */
final class Parts implements AutoCloseable {

  private record Part(String what, AutoCloseable running) {}

  /** Starts something and returns it once it is ready. */
  interface Start<T> {
    T start() throws Exception;
  }

  private final Deque<Part> started = new ArrayDeque<>();
  private final StackListener listener;

  Parts(StackListener listener) {
    this.listener = listener;
  }

  /**
   * Starts one more part; if it fails, everything started before is closed and the failure thrown.
   */
  <T extends AutoCloseable> T start(String what, Start<T> start, Function<T, String> where) {
    long began = System.nanoTime();
    listener.starting(what);
    try {
      T running = start.start();
      started.push(new Part(what, running));
      listener.started(what, where.apply(running), since(began));
      return running;
    } catch (Exception e) {
      RuntimeException failure = unchecked(what, e);
      try {
        close();
      } catch (RuntimeException alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
      throw failure;
    }
  }

  private static RuntimeException unchecked(String what, Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return e instanceof RuntimeException known ? known : new StackException(what, "start", e);
  }

  @Override
  public void close() {
    RuntimeException first = null;
    while (!started.isEmpty()) {
      Part part = started.pop();
      long began = System.nanoTime();
      try {
        part.running().close();
        listener.stopped(part.what(), since(began));
      } catch (Exception e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        StackException failure = new StackException(part.what(), "stop in good order", e);
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
