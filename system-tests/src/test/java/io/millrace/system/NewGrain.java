package io.millrace.system;

import io.millrace.Event;
import io.millrace.Step;
import org.jspecify.annotations.Nullable;

/**
 * What became of {@link OldGrain}: the middle step, with newer forms of what it takes and gives.
 */
final class NewGrain {
  /** Without {@code dust}; {@code origin} is new, and null where an old step wrote the event. */
  record Grain(int kilos, @Nullable String origin) implements Event {}

  record Meal(int kilos, @Nullable String grade) implements Event {}

  private NewGrain() {}

  static final class Grind {
    @Step
    public Meal grind(Grain grain) {
      return new Meal(grain.kilos(), grain.origin() == null ? "unknown" : grain.origin());
    }
  }

  /** An incompatible form: what is already on the topic has no {@code moisture}. */
  static final class Careless {
    record Grain(int kilos, int moisture) implements Event {}

    @Step
    public void weigh(Grain grain) {
      throw new IllegalStateException("never deployed");
    }
  }
}
