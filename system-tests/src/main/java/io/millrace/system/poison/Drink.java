package io.millrace.system.poison;

import io.millrace.Step;
import io.millrace.StepWorker;

/** Ends its process at once, as an error in native code or too little memory would. */
public final class Drink {
  /** So many losses are counted; before each another process may end of it, uncounted. */
  public static final int MAX_LOST = 2;

  private static final int STATUS = 134;

  @Step(maxLost = MAX_LOST)
  public Drunk drink(Cup cup) {
    if (cup.poisoned()) {
      System.out.println("Poisoned.");
      Runtime.getRuntime().halt(STATUS);
    }
    return new Drunk("");
  }

  public static void main(String[] args) {
    StepWorker.of("poison", new Drink()).run();
  }
}
