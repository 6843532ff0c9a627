package io.millrace.step;

import io.millrace.event.EventCodec;
import io.millrace.event.EventType;
import io.millrace.event.UnreadableEventException;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

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
  private final Map<String, EventType> accepted = new HashMap<>();

  DefaultStepRunner(StepDefinition definition, EventCodec codec, InstantSource clock) {
    this.definition = definition;
    this.codec = codec;
    this.clock = clock;
    definition.accepts().forEach(type -> accepted.put(type.name(), type));
  }

  @Override
  public StepDefinition definition() {
    return definition;
  }

  @Override
  @SuppressWarnings("CatchingUnchecked")
  public TryResult run(
      Dispatch dispatch, DispatchTarget target, byte[] value, TryServices services) {
    try {
      Object event = codec.decode(value, acceptedType(dispatch.getEventType()));
      StepContext context =
          new StepContext(definition, codec, dispatch, target, event, clock.instant(), services);
      try {
        context.returned(definition.function().invoke(event, context));
      } finally {
        context.close();
      }
      return new TryResult.Completed();
    } catch (Throwable e) {
      return Failures.of(e, definition.retry());
    }
  }

  private EventType acceptedType(String name) {
    EventType type = accepted.get(name);
    if (type == null) {
      throw new UnreadableEventException(
          "step %s was given a %s, which this version of it does not accept; it accepts %s"
              .formatted(
                  definition.name(),
                  name,
                  accepted.keySet().stream().sorted().collect(Collectors.joining(", "))),
          false,
          null);
    }
    return type;
  }
}
