package io.millrace.step;

import io.millrace.protocol.Effect;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the effects of one try through, one after the other, until the step has returned. A lock and
 * not a monitor: passing an effect on may block, and monitors pin virtual threads.
 */
final class EffectGate {
  private final ReentrantLock lock = new ReentrantLock();
  private final TryServices services;
  private final String step;
  private boolean closed;
  private boolean suspended;

  EffectGate(TryServices services, String step) {
    this.services = services;
    this.step = step;
  }

  /**
   * Makes an effect and passes it on; program order is the order of these calls.
   *
   * @throws IllegalStateException if the step has returned
   * @throws SuspendedStep if the attempt has ended at a wait, whoever caught that
   */
  void effect(Supplier<?> body) {
    act(
        () -> {
          services.effect(new Effect(body.get()));
          return null;
        });
  }

  /** Does something that may not be done after the step has returned. */
  <T extends @Nullable Object> T act(Supplier<T> action) {
    return look(
        () -> {
          if (closed) {
            throw new IllegalStateException(
                "step %s has returned, so nothing more can be done with its RunContext; wait for what it started before it returns"
                    .formatted(step));
          }
          if (suspended) {
            throw new SuspendedStep();
          }
          return action.get();
        });
  }

  <T extends @Nullable Object> T look(Supplier<T> view) {
    lock.lock();
    try {
      return view.get();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more is let through: the attempt ends here and begins anew with an answer. */
  SuspendedStep suspend() {
    lock.lock();
    try {
      suspended = true;
      return new SuspendedStep();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }
}
