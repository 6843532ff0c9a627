package io.millrace.worker;

import io.millrace.observe.StepSlots;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The attempts that one step may run at once in this process (S7). Only the step's loop takes
 * slots; any thread gives them back. A record that is for the step twice may take one slot too
 * many, so the count may be below zero for a moment.
 */
final class Slots implements StepSlots {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final int size;
  private int free;

  Slots(int size) {
    this.size = size;
    this.free = size;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int taken() {
    lock.lock();
    try {
      return size - free;
    } finally {
      lock.unlock();
    }
  }

  int free() {
    lock.lock();
    try {
      return Math.max(0, free);
    } finally {
      lock.unlock();
    }
  }

  void take() {
    lock.lock();
    try {
      free--;
    } finally {
      lock.unlock();
    }
  }

  void giveBack() {
    lock.lock();
    try {
      free++;
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns once so many are free, or after {@code longest}. */
  void awaitFree(int wanted, Duration longest) throws InterruptedException {
    long left = longest.toNanos();
    lock.lockInterruptibly();
    try {
      while (free < wanted && left > 0) {
        left = freed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return "Slots[free=" + free() + "]";
  }
}
