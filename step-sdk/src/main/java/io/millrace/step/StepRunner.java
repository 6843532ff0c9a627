package io.millrace.step;

import io.millrace.event.EventCodec;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import java.time.InstantSource;

/** Runs tries of one step. Thread-safe. */
public interface StepRunner {
  /** A runner of this step that reads and writes events with this codec. */
  static StepRunner of(StepDefinition definition, EventCodec codec) {
    return of(definition, codec, InstantSource.system());
  }

  /** As {@link #of(StepDefinition, EventCodec)}, with another clock than the machine's. */
  static StepRunner of(StepDefinition definition, EventCodec codec, InstantSource clock) {
    return new DefaultStepRunner(definition, codec, clock);
  }

  StepDefinition definition();

  /**
   * Decodes the event, calls the step on the calling thread, and turns what it did into effects.
   * Never throws for what the step or the data did; an interrupt of the thread while the step runs
   * becomes a failure of type {@code java.lang.InterruptedException}, for the worker to judge
   * (timeout, cancel or shutdown). A try that waits for an event ends as suspended, whatever its
   * code did with the throwable that ended it.
   *
   * @param value the record's value, registry wire format; not looked at for joins and failure
   *     handlers
   */
  TryResult run(Dispatch dispatch, DispatchTarget target, byte[] value, TryServices services);
}
