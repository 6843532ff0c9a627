package io.millrace.examples.waiting;

import io.millrace.StartEvent;

/** Bake this many loaves. */
public record Bake(int loaves) implements StartEvent {
  public Bake {
    if (loaves < 1) {
      throw new IllegalArgumentException("loaves is " + loaves + "; bake at least one");
    }
  }
}
