package io.millrace.examples.waiting;

import io.millrace.Step;
import io.millrace.StepWorker;

/** Draws water. */
public final class Draw {
  private static final int PER_LOAF = 350;

  @Step
  public Water draw(Bake order) {
    return new Water(order.loaves() * PER_LOAF);
  }

  public static void main(String[] args) {
    StepWorker.of("waiting", new Draw()).run();
  }
}
