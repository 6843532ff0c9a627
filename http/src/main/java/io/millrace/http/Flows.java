package io.millrace.http;

import io.millrace.http.route.Answer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bodies that are being written, each by a thread of its own: a virtual one where the JDK has them
 * (21 and newer). Thread-safe.
 */
final class Flows implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Flows.class);

  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final ExecutorService writers = threads();
  private final Set<StreamSink> open = ConcurrentHashMap.newKeySet();

  private static ExecutorService threads() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException | InvocationTargetException e) {
      // Not there, or a preview feature that is switched off: JDK 17 to 20.
      AtomicInteger count = new AtomicInteger();
      return Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "millrace-http-flow-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a public method of the JDK is not accessible", e);
    }
  }

  /**
   * Begins to write; the future completes when all is written or the reader is gone.
   *
   * @throws java.util.concurrent.RejectedExecutionException if it has been closed
   */
  CompletableFuture<Void> begin(Answer.Body body, StreamSink sink) {
    open.add(sink);
    return CompletableFuture.runAsync(
            () -> {
              try {
                body.write(sink);
                sink.end();
              } catch (IOException e) {
                sink.gone();
              }
            },
            writers)
        .whenComplete((done, error) -> open.remove(sink));
  }

  /** Ends all bodies, and returns when their readers have been told, or are too slow. */
  @Override
  public void close() {
    open.forEach(StreamSink::close);
    writers.shutdown();
    try {
      if (!writers.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info("streams break off, their readers take too long; they may go on elsewhere");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
