package io.millrace.observe.metrics;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads of a small HTTP server, none of which can be held for ever: whoever has one for too long
 * is interrupted, which ends what a socket's channel is read or written for. The JDK's server has a
 * limit of its own only for the whole JVM ({@code sun.net.httpserver.maxReqTime}), and that is not
 * ours to set: a step may have a server too. Thread-safe.
 */
final class TimedThreads implements Executor, AutoCloseable {
  private static final int MOST = 32;
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Duration limit;
  private final ThreadPoolExecutor threads;

  /**
   * @param limit of one task
   */
  TimedThreads(String name, Duration limit) {
    this.limit = limit;
    threads =
        new ThreadPoolExecutor(
            MOST,
            MOST,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable task) {
    threads.execute(() -> run(task));
  }

  private void run(Runnable task) {
    Turn turn = new Turn(Thread.currentThread());
    CompletableFuture<Void> done = new CompletableFuture<>();
    done.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(
            late -> {
              turn.over();
              return null;
            });
    try {
      task.run();
    } finally {
      turn.done();
      done.complete(null);
    }
  }

  /** A thread's task; once it is done, whoever has the thread next is not interrupted for it. */
  private static final class Turn {
    private final Thread thread;
    private boolean done;

    Turn(Thread thread) {
      this.thread = thread;
    }

    synchronized void over() {
      if (!done) {
        thread.interrupt();
      }
    }

    synchronized void done() {
      done = true;
      Thread.interrupted();
    }
  }

  /** What is under way is interrupted. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
