package io.millrace.step;

import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;

/** Runs tries of one step. Thread-safe. */
public interface StepRunner {
  StepDefinition definition();

  /**
   * Decodes the event, calls the step on the calling thread, and turns what it did into effects.
   * Never throws for what the step or the data did; an interrupt of the thread while the step runs
   * becomes a failure of type {@code java.lang.InterruptedException}, for the worker to judge
   * (timeout, cancel or shutdown).
   *
   * @param value the record's value, registry wire format
   */
  TryResult run(Dispatch dispatch, DispatchTarget target, byte[] value, TryServices services);
}
