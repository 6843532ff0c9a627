package io.millrace.step;

import io.millrace.RunState;
import io.millrace.StateTypeException;
import io.millrace.UndeclaredStateKeyException;
import io.millrace.protocol.AppendState;
import io.millrace.protocol.IncrementState;
import io.millrace.protocol.RemoveState;
import io.millrace.protocol.SetState;
import io.millrace.protocol.StateValue;
import io.millrace.protocol.UpdateState;
import io.millrace.protocol.VersionedState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The run's state as of the dispatch, with this attempt's own writes on top (T1). */
final class StepState implements RunState {
  private final EffectGate gate;
  private final StepDefinition step;

  /** Guarded by the gate. */
  private final Map<String, StateValue> view = new HashMap<>();

  /** As of the dispatch; what was absent then has none. */
  private final Map<String, Long> versions = new HashMap<>();

  StepState(EffectGate gate, StepDefinition step, Map<String, VersionedState> dispatched) {
    this.gate = gate;
    this.step = step;
    dispatched.forEach(
        (key, versioned) -> {
          view.put(key, versioned.getValue());
          versions.put(key, versioned.getVersion());
        });
  }

  @Override
  public <T> Optional<T> get(String key, Class<T> type) {
    return read(key).map(value -> StateValues.decode(key, value, type));
  }

  @Override
  public <T> List<T> list(String key, Class<T> elementType) {
    return read(key)
        .map(value -> StateValues.decodeList(key, value, elementType))
        .orElseGet(List::of);
  }

  @Override
  public void set(String key, Object value) {
    checkKey(key);
    StateValue encoded = StateValues.encode(key, value);
    gate.effect(
        () -> {
          view.put(key, encoded);
          return new SetState(key, encoded);
        });
  }

  @Override
  public <T> T update(String key, Class<T> type, Function<Optional<T>, T> change) {
    checkKey(key);
    T next = change.apply(get(key, type));
    StateValue encoded = StateValues.encode(key, next);
    gate.effect(
        () -> {
          view.put(key, encoded);
          return new UpdateState(key, versions.getOrDefault(key, 0L), encoded);
        });
    return next;
  }

  @Override
  public void remove(String key) {
    checkKey(key);
    gate.effect(
        () -> {
          view.remove(key);
          return new RemoveState(key);
        });
  }

  @Override
  public void increment(String key, long by) {
    checkKey(key);
    gate.effect(
        () -> {
          view.put(key, new StateValue(sum(key, view.get(key), by)));
          return new IncrementState(key, by);
        });
  }

  @Override
  public void increment(String key, double by) {
    checkKey(key);
    gate.effect(
        () -> {
          view.put(key, new StateValue(sum(key, view.get(key), by)));
          return new IncrementState(key, by);
        });
  }

  @Override
  public void append(String key, Object element) {
    checkKey(key);
    ByteBuffer json = StateValues.json(key, element);
    gate.effect(
        () -> {
          StateValue before = view.get(key);
          List<ByteBuffer> elements = new ArrayList<>();
          if (before != null) {
            if (!(before.getValue() instanceof List<?> list)) {
              throw new StateTypeException(
                  "state %s is no list, so nothing can be appended to it".formatted(key), null);
            }
            list.forEach(each -> elements.add((ByteBuffer) each));
          }
          elements.add(json);
          view.put(key, new StateValue(elements));
          return new AppendState(key, json.duplicate());
        });
  }

  private Optional<StateValue> read(String key) {
    if (step.reads().isPresent() && !step.reads().get().contains(key)) {
      throw new UndeclaredStateKeyException(
          "step %s reads state %s but declares reads = %s; add the key to @Step(reads = …)"
              .formatted(step.name(), key, step.reads().get()));
    }
    return gate.look(() -> Optional.ofNullable(view.get(key)));
  }

  private static Object sum(String key, @Nullable StateValue before, Number by) {
    Object old = before == null ? (Object) 0L : before.getValue();
    if (!(old instanceof Number number)) {
      throw new StateTypeException(
          "state %s is no number, so nothing can be added to it".formatted(key), null);
    }
    return number instanceof Long && by instanceof Long
        ? (Object) (number.longValue() + by.longValue())
        : (Object) (number.doubleValue() + by.doubleValue());
  }

  private static void checkKey(String key) {
    if (key.isBlank() || key.equals("*")) {
      throw new IllegalArgumentException(
          "'" + key + "' cannot be a state key; use a name that is not blank and not *");
    }
  }
}
