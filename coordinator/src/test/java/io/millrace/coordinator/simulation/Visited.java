package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.RunState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which kinds of input came in which state, and what came of it, over all histories. Thread-safe.
 */
final class Visited {
  private record Pair(Class<?> state, Class<?> input) {}

  private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
  private final Set<Happening> happened = ConcurrentHashMap.newKeySet();

  void add(RunState state, RunInput input) {
    pairs.add(new Pair(state.getClass(), input.getClass()));
  }

  void add(Set<Happening> happenings) {
    happened.addAll(happenings);
  }

  /** What never happened. */
  Set<Happening> neverHappened() {
    Set<Happening> never = EnumSet.allOf(Happening.class);
    never.removeAll(happened);
    return never;
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
