package io.millrace.step;

import io.millrace.event.EventCodec;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import java.time.InstantSource;

/**
 * Runs tries of one step. Every throwable of the step becomes a failed try, errors of the VM
 * included: a try that vanished would hold its execution open until the worker is found dead, and
 * an out-of-memory error is told of like any other. Whoever wants the process to end with one says
 * so to the VM ({@code -XX:+ExitOnOutOfMemoryError}).
 */
final class DefaultStepRunner implements StepRunner {
  private final StepDefinition definition;
  private final EventCodec codec;
  private final InstantSource clock;
  private final StepInputs inputs;

  DefaultStepRunner(StepDefinition definition, EventCodec codec, InstantSource clock) {
    this.definition = definition;
    this.codec = codec;
    this.clock = clock;
    this.inputs = new StepInputs(definition, codec);
  }

  @Override
  public StepDefinition definition() {
    return definition;
  }

  @Override
  public TryResult run(
      Dispatch dispatch, DispatchTarget target, byte[] value, TryServices services) {
    try {
      Object input = inputs.read(dispatch, target, value, services);
      StepContext context =
          new StepContext(definition, codec, dispatch, target, input, clock.instant(), services);
      return call(input, context);
    } catch (Throwable e) {
      return Failures.of(e, definition.retry());
    }
  }

  private TryResult call(Object input, StepContext context) throws Throwable {
    try {
      Object returned = definition.function().invoke(input, context);
      if (context.suspended().isEmpty()) {
        context.returned(returned);
        return new TryResult.Completed();
      }
    } catch (Throwable e) {
      if (context.suspended().isEmpty()) {
        throw e;
      }
    } finally {
      context.close();
    }
    // Also if the step's code caught what ended it, and went on.
    return context.suspended().orElseThrow();
  }
}
