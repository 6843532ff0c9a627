package io.millrace.examples.waiting;

import io.millrace.Step;
import io.millrace.StepWorker;

/** Grinds flour; it accepts the same event as {@link Draw}, and both get it. */
public final class Grind {
  private static final int PER_LOAF = 500;

  @Step
  public Flour grind(Bake order) {
    return new Flour(order.loaves() * PER_LOAF);
  }

  public static void main(String[] args) {
    StepWorker.of("waiting", new Grind()).run();
  }
}
