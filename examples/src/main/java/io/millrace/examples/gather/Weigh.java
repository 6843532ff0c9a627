package io.millrace.examples.gather;

import io.millrace.Step;
import io.millrace.StepWorker;

/** Weighs one sack; run more copies to weigh more at once. */
public final class Weigh {
  private static final int EMPTY_SACK_KILOS = 1;

  @Step
  public Weighed weigh(Sack sack) {
    return new Weighed(sack.number(), sack.of(), sack.grossKilos() - EMPTY_SACK_KILOS);
  }

  public static void main(String[] args) {
    StepWorker.of("gather", new Weigh()).run();
  }
}
