package io.millrace.worker;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Records that were handed to a producer and are not yet acknowledged. Thread-safe. */
final class PendingAcks {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();
  private int outstanding;
  private @Nullable Throwable firstFailure;

  void sent() {
    lock.lock();
    try {
      outstanding++;
    } finally {
      lock.unlock();
    }
  }

  void acknowledged(@Nullable Throwable failure) {
    lock.lock();
    try {
      outstanding--;
      if (failure != null && firstFailure == null) {
        firstFailure = failure;
      }
      if (outstanding == 0) {
        none.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until none is outstanding; producers answer within their delivery timeout.
   *
   * @return why the first one failed that did; null if none did
   */
  @Nullable Throwable await() {
    lock.lock();
    try {
      while (outstanding > 0) {
        none.awaitUninterruptibly();
      }
      return firstFailure;
    } finally {
      lock.unlock();
    }
  }
}
