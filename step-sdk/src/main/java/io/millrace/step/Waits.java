package io.millrace.step;

import io.millrace.UndeclaredWaitException;
import io.millrace.WaitSpec;
import io.millrace.WaitTimeoutException;
import io.millrace.event.EventCodec;
import io.millrace.event.EventFields;
import io.millrace.event.EventType;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import io.millrace.protocol.EventData;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.WaitAnswer;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The {@code waitForEvent} calls of one try: those that have their answer give it, the first
 * without one ends the try.
 */
final class Waits {
  private final EffectGate gate;
  private final EventCodec codec;
  private final StepDefinition step;
  private final String workflow;
  private final String executionId;
  private final Map<String, WaitAnswer> answers = new HashMap<>();

  /** This and the next two are guarded by the gate. */
  private int calls;

  private final Set<String> asked = new HashSet<>();
  private Optional<TryResult.Suspended> suspended = Optional.empty();

  Waits(
      EffectGate gate,
      EventCodec codec,
      StepDefinition step,
      Dispatch dispatch,
      DispatchTarget target) {
    this.gate = gate;
    this.codec = codec;
    this.step = step;
    this.workflow = dispatch.getWorkflow();
    this.executionId = target.getToken().getExecutionId();
    target.getAnswers().forEach(answer -> answers.put(answer.getWaiterId(), answer));
  }

  Optional<TryResult.Suspended> suspended() {
    return gate.look(() -> suspended);
  }

  <E> E await(Class<E> eventClass, WaitSpec spec) {
    EventType type = declared(eventClass);
    Map<String, String> requirements = new TreeMap<>();
    spec.requirements()
        .forEach(
            (field, value) -> requirements.put(field, EventFields.required(type, field, value)));
    return gate.act(
        () -> {
          String id = nextId(spec);
          WaitAnswer answer = answers.get(id);
          if (answer != null) {
            return eventClass.cast(answered(id, type, spec, answer));
          }
          suspended =
              Optional.of(
                  new TryResult.Suspended(
                      id, type.name(), requirements, spec.timeout(), prompt(id, spec)));
          throw gate.suspend();
        });
  }

  private EventType declared(Class<?> eventClass) {
    return step.waitsFor().stream()
        .filter(type -> type.javaClass() == eventClass)
        .findFirst()
        .orElseThrow(
            () ->
                new UndeclaredWaitException(
                    "step %s waits for %s but declares waitsFor = %s; add the exact class to @Step(waitsFor = …)"
                        .formatted(
                            step.name(),
                            eventClass.getSimpleName(),
                            step.waitsFor().stream().map(EventType::name).toList())));
  }

  /** Two waits never share an answer (W4): positions differ, and a name counts once. */
  private String nextId(WaitSpec spec) {
    String id = spec.waiterId().orElse("wait-" + calls);
    calls++;
    if (!asked.add(id)) {
      throw new IllegalStateException(
          "step %s waits as '%s' twice in one attempt; give each wait its own id with WaitSpec.withWaiterId"
              .formatted(step.name(), id));
    }
    return id;
  }

  private Object answered(String id, EventType type, WaitSpec spec, WaitAnswer answer) {
    EventData event = answer.getEvent();
    if (event == null) {
      throw new WaitTimeoutException(
          id,
          "step %s waited for %s as '%s' and none came%s"
              .formatted(
                  step.name(),
                  type.name(),
                  id,
                  spec.timeout().map(longest -> " within " + longest).orElse(" in time")));
    }
    if (!event.getType().equals(type.name())) {
      throw new IllegalStateException(
          "step %s was given a %s for wait '%s' but now asks for %s; the same event must lead to the same question"
              .formatted(step.name(), event.getType(), id, type.name()));
    }
    return codec.decode(EventBytes.of(event), type);
  }

  private Optional<EventData> prompt(String id, WaitSpec spec) {
    return spec.prompt().map(question -> prompt(id, question));
  }

  private EventData prompt(String id, Object question) {
    EventType type = codec.typeOf(question.getClass());
    if (type.kind() != EventKind.INPUT_REQUIRED) {
      throw new IllegalArgumentException(
          "step %s prompts with a %s, which is no InputRequiredEvent; let it implement that"
              .formatted(step.name(), type.name()));
    }
    ByteBuffer value = ByteBuffer.wrap(codec.encode(question, workflow));
    return new EventData(
        executionId + "-prompt-" + id,
        type.name(),
        EventKind.INPUT_REQUIRED,
        value,
        null,
        null,
        null);
  }
}
