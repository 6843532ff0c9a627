package io.millrace.client;

import io.millrace.ClientClosedException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells when terminal events are on their streams, of all runs of a client whose results wait for
 * that: one thread and one consumer for all. The thread lives only while somebody waits. It alone
 * touches the streams and the consumer; what others have for it, new waits and answers of the
 * broker, comes as mail. Thread-safe.
 */
final class TerminalWatcher implements AutoCloseable {
  private static final long PAUSE_MILLIS = 20;
  private static final long CLOSE_WAIT_MILLIS = 10_000;

  private final AwaitedStreams streams = new AwaitedStreams();
  private final BlockingQueue<Runnable> mail = new LinkedBlockingQueue<>();
  private final StreamSearch search;
  private final StreamTails tails;
  private @Nullable Thread thread;
  private boolean closed;

  TerminalWatcher(StreamEnds ends, StreamTails tails) {
    this.search = new StreamSearch(ends, streams, mail::add);
    this.tails = tails;
  }

  /**
   * Returns at once; {@code seen} completes on the watcher's thread, so that what depends on it
   * must be quick. Whoever waits no longer cancels it.
   *
   * @param deadline bounds the wait, whatever happens to the topic
   * @throws ClientClosedException if closed
   */
  synchronized void await(
      String topic, int epoch, Deadline deadline, CompletableFuture<Boolean> seen) {
    if (closed) {
      throw new ClientClosedException("the client is closed; its streams can no longer be read");
    }
    mail.add(() -> streams.await(topic, new AwaitedStream.Wait(epoch, deadline, seen)));
    if (thread == null) {
      thread = new Thread(this::run, "millrace-client-terminals");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Whether there is a thread at present. */
  synchronized boolean isAtWork() {
    return thread != null;
  }

  private void run() {
    try {
      while (goesOn()) {
        readMail();
        search.ask();
        tails.read(streams);
        streams.expire();
      }
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private synchronized boolean goesOn() {
    if (closed) {
      finish();
    } else if (!streams.isEmpty() || !mail.isEmpty()) {
      return true;
    } else {
      tails.rest();
    }
    thread = null;
    return false;
  }

  private void readMail() {
    if (streams.placed().isEmpty()) {
      // Nothing to read for now: the next mail may bring something.
      pause();
    }
    for (Runnable next = mail.poll(); next != null; next = mail.poll()) {
      next.run();
    }
  }

  private void pause() {
    try {
      @Nullable Runnable next = mail.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      if (next != null) {
        next.run();
      }
    } catch (InterruptedException e) {
      throw Deadline.interrupted(e);
    }
  }

  private synchronized void fail(RuntimeException cause) {
    thread = null;
    mail.forEach(Runnable::run);
    mail.clear();
    streams.failAll(cause);
    tails.close();
  }

  private void finish() {
    mail.forEach(Runnable::run);
    mail.clear();
    streams.giveUpAll();
    tails.close();
  }

  /** Those who wait get their results without terminal events. Waits for the thread to end. */
  @Override
  public void close() {
    @Nullable Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
      if (running == null) {
        finish();
        return;
      }
    }
    try {
      running.join(CLOSE_WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
