package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.RunState;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Which kinds of input came in which state, over all histories. Thread-safe. */
final class Visited {
  private record Pair(Class<?> state, Class<?> input) {}

  private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();

  void add(RunState state, RunInput input) {
    pairs.add(new Pair(state.getClass(), input.getClass()));
  }

  /** Empty when every kind of input has come in every state. */
  Set<String> missing() {
    Set<String> missing = new TreeSet<>();
    for (Class<?> state : RunState.class.getPermittedSubclasses()) {
      Arrays.stream(RunInput.class.getPermittedSubclasses())
          .filter(input -> !pairs.contains(new Pair(state, input)))
          .forEach(input -> missing.add(state.getSimpleName() + " x " + input.getSimpleName()));
    }
    return missing;
  }
}
