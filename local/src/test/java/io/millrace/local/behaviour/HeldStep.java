package io.millrace.local.behaviour;

import io.millrace.RunContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A place in a step where it stays until the test lets it go, or an interrupt does. */
final class HeldStep {
  final CountDownLatch reached = new CountDownLatch(1);
  final CountDownLatch letGo = new CountDownLatch(1);
  final AtomicInteger calls = new AtomicInteger();

  /** Completes when the hold was interrupted, with what the step was told of being cancelled. */
  final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();

  void stay(RunContext context) throws InterruptedException {
    calls.incrementAndGet();
    reached.countDown();
    try {
      letGo.await();
    } catch (InterruptedException e) {
      interrupted.complete(context.isCancelled());
      throw e;
    }
  }

  /** As {@link #stay}, for a step that does not care about interrupts. */
  void stayStubbornly() {
    calls.incrementAndGet();
    reached.countDown();
    boolean interruptedMeanwhile = false;
    while (letGo.getCount() > 0) {
      try {
        letGo.await();
      } catch (InterruptedException e) {
        interruptedMeanwhile = true;
      }
    }
    if (interruptedMeanwhile) {
      Thread.currentThread().interrupt();
    }
  }
}
