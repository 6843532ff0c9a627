package io.millrace;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The run's key-value state, shared by its steps. Reads see what was committed when the attempt was
 * dispatched, and the attempt's own writes. Writes take effect with the completion. {@code
 * increment} and {@code append} are applied by the coordinator and never lose an update.
 */
public interface RunState {
  /** Empty when the key is absent. */
  <T> Optional<T> get(String key, Class<T> type);

  /** Elements in order of appending; empty when the key is absent. */
  <T> List<T> list(String key, Class<T> elementType);

  /** A number, text, boolean, record, list or map; last completion wins. */
  void set(String key, Object value);

  /**
   * Reads, changes and writes as one (T3): if the key has changed since this attempt was
   * dispatched, the whole attempt is discarded and the step is invoked again with fresh state,
   * which counts as no failure. Prefer {@link #increment} and {@link #append} where they do: they
   * need no second invocation.
   *
   * @param change from the present value, empty when the key is absent, to the new one; not null
   * @return the new value
   * @throws StateTypeException if the present value is of another type
   */
  <T> T update(String key, Class<T> type, Function<Optional<T>, T> change);

  void remove(String key);

  void increment(String key, long by);

  void increment(String key, double by);

  void append(String key, Object element);
}
