package io.millrace.step;

import io.millrace.event.EventCodec;
import io.millrace.event.EventType;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.EmitEvent;
import io.millrace.protocol.EventData;
import io.millrace.protocol.OpenFanOut;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the events of one try into effects; ids derive from the execution and the emission. */
final class Emissions {
  private final EffectGate gate;
  private final EventCodec codec;
  private final String workflow;
  private final Set<String> fieldsOf;
  private final String executionId;

  /** Guarded by the gate. */
  private int next;

  Emissions(EffectGate gate, EventCodec codec, Dispatch dispatch, String executionId) {
    this.gate = gate;
    this.codec = codec;
    this.workflow = dispatch.getWorkflow();
    this.fieldsOf = Set.copyOf(dispatch.getFieldsOf());
    this.executionId = executionId;
  }

  void emit(Object event, @Nullable String toStep, boolean fanOut) {
    EventType type = codec.typeOf(event.getClass());
    byte[] value = codec.encode(event, workflow);
    // Told only where some step waits for the type, because it costs a second reading.
    @Nullable Map<String, String> fields =
        fieldsOf.contains(type.name()) ? codec.fields(value) : null;
    gate.effect(
        () ->
            new EmitEvent(
                new EventData(
                    executionId + "-" + next++,
                    type.name(),
                    type.kind(),
                    ByteBuffer.wrap(value),
                    null,
                    fields,
                    null),
                toStep,
                fanOut));
  }

  /** What the step returned, after everything it sent (S4). */
  void returned(@Nullable Object returned) {
    if (returned instanceof Optional<?> optional) {
      optional.ifPresent(event -> emit(event, null, false));
    } else if (returned instanceof List<?> events) {
      fanOut(events);
    } else if (returned != null) {
      emit(returned, null, false);
    }
  }

  private void fanOut(List<?> events) {
    for (Object event : events) {
      if (event == null) {
        throw new IllegalArgumentException(
            "the returned list contains null at %d; leave it out".formatted(events.indexOf(null)));
      }
    }
    gate.effect(() -> new OpenFanOut(events.size()));
    for (Object event : events) {
      emit(event, null, true);
    }
  }
}
