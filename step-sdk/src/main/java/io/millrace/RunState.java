package io.millrace;

import java.util.List;
import java.util.Optional;

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

  void remove(String key);

  void increment(String key, long by);

  void increment(String key, double by);

  void append(String key, Object element);
}
