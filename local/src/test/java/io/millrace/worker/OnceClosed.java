package io.millrace.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A source that a test may close before its end closes it. */
final class OnceClosed implements TaskSource {
  private final TaskSource source;
  private boolean closed;

  OnceClosed(TaskSource source) {
    this.source = source;
  }

  @Override
  public List<Task> poll(int free, Duration wait) {
    return source.poll(free, wait);
  }

  @Override
  public void follow(Collection<String> topics) {
    source.follow(topics);
  }

  @Override
  public void drain() {
    source.drain();
  }

  @Override
  public void acknowledge(Task task) {
    source.acknowledge(task);
  }

  @Override
  public CompletableFuture<Void> recorded(Task task) {
    return source.recorded(task);
  }

  @Override
  public boolean isAwaited() {
    return source.isAwaited();
  }

  @Override
  public void release(Task task) {
    source.release(task);
  }

  @Override
  public boolean hasUnsettled() {
    return source.hasUnsettled();
  }

  @Override
  public int least() {
    return source.least();
  }

  @Override
  public boolean isHeldUp() {
    return source.isHeldUp();
  }

  @Override
  public void wakeup() {
    source.wakeup();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      source.close();
    }
  }
}
