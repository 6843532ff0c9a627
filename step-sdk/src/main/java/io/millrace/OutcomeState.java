package io.millrace;

import io.millrace.protocol.StateValue;
import io.millrace.step.StateValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The state that a run's outcome carries: the keys that {@link StartOptions#withOutcomeKeys} named.
 * Immutable.
 *
 * @param values as they travel
 */
public record OutcomeState(Map<String, StateValue> values) {
  public OutcomeState {
    values = Map.copyOf(values);
  }

  /**
   * Empty when the outcome does not carry the key.
   *
   * @throws StateTypeException if the value is none of this type
   */
  public <T> Optional<T> get(String key, Class<T> type) {
    return Optional.ofNullable(values.get(key)).map(value -> StateValues.decode(key, value, type));
  }

  /** Elements in order of appending; empty when the outcome does not carry the key. */
  public <T> List<T> list(String key, Class<T> elementType) {
    return Optional.ofNullable(values.get(key))
        .map(value -> StateValues.decodeList(key, value, elementType))
        .orElseGet(List::of);
  }

  /** All of it as JSON would give it: text, numbers, booleans, lists and maps. */
  public Map<String, Object> plain() {
    Map<String, Object> plain = new TreeMap<>();
    values.forEach((key, value) -> plain.put(key, StateValues.decode(key, value, Object.class)));
    return plain;
  }
}
