package io.millrace.examples.human;

import io.millrace.Step;
import io.millrace.StepWorker;

/** Goes on with the answer, whenever it comes. */
public final class TakeNumber {
  @Step
  public Entered answered(NumberGiven response) {
    return new Entered(response.value());
  }

  public static void main(String[] args) {
    StepWorker.of("human", new TakeNumber()).run();
  }
}
