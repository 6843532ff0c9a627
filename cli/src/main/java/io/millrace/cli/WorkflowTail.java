package io.millrace.cli;

import io.millrace.StreamOptions;
import io.millrace.StreamedEvent;
import io.millrace.WorkflowClient;
import io.millrace.coordinator.index.ListedRun;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Follows the streams of all runs of a workflow, each by a thread of its own; more than {@link
 * #AT_ONCE} wait their turn and lose nothing.
 */
final class WorkflowTail implements AutoCloseable {
  static final int AT_ONCE = 100;
  private static final Duration LOOK_EVERY = Duration.ofMillis(300);

  private final WorkflowClient client;
  private final StreamPrinter printer;
  private final Progress progress;
  private final ThreadPoolExecutor readers;
  private final CountDownLatch ended;

  /**
   * @param runs how many to see end
   */
  WorkflowTail(WorkflowClient client, StreamPrinter printer, Progress progress, int runs) {
    this.client = client;
    this.printer = printer;
    this.progress = progress;
    this.ended = new CountDownLatch(runs);
    AtomicInteger count = new AtomicInteger();
    this.readers =
        new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "millrace-tail-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    readers.allowCoreThreadTimeOut(true);
  }

  /**
   * Returns when as many runs have ended as were asked for.
   *
   * @param underWay where to begin with runs that are under way already; others from their start
   */
  void follow(RunArrivals arrivals, StreamOptions underWay, StreamOptions others)
      throws InterruptedException {
    StreamOptions options = underWay;
    do {
      for (ListedRun run : arrivals.next()) {
        StreamOptions from = options;
        readers.execute(() -> follow(run.runId(), from));
      }
      options = others;
    } while (!ended.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void follow(String runId, StreamOptions from) {
    try {
      for (StreamedEvent event : client.attachUntyped(runId).streamEvents(from)) {
        printer.print(event);
      }
    } catch (RuntimeException e) {
      // One run's trouble is not the others'.
      progress.line("run " + runId + " cannot be followed: " + Errors.readable(e));
    }
    ended.countDown();
  }

  @Override
  public void close() {
    readers.shutdownNow();
  }
}
