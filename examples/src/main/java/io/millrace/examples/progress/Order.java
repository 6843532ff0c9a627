package io.millrace.examples.progress;

import io.millrace.StartEvent;

/** Grind and pack this many sacks. */
public record Order(int sacks) implements StartEvent {
  public Order {
    if (sacks < 1 || sacks > 1000) {
      throw new IllegalArgumentException("sacks is " + sacks + "; order 1 to 1000");
    }
  }
}
