package io.millrace.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** Which kinds of input a state's tests have tried. */
final class Exercised {
  private final Class<? extends RunState> state;
  private final Set<String> kinds = new TreeSet<>();

  Exercised(Class<? extends RunState> state) {
    this.state = state;
  }

  void add(RunState before, RunInput input) {
    if (state.isInstance(before)) {
      kinds.add(input.getClass().getSimpleName());
    }
  }

  void check() {
    Set<String> all = new TreeSet<>();
    Arrays.stream(RunInput.class.getDeclaredClasses())
        .filter(kind -> !kind.isInterface() && RunInput.class.isAssignableFrom(kind))
        .forEach(kind -> all.add(kind.getSimpleName()));
    assertThat(all).hasSize(13);
    assertThat(kinds).as("kinds of input tried while %s", state.getSimpleName()).isEqualTo(all);
  }
}
