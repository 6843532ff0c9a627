package io.millrace.examples.human;

import io.millrace.Step;
import io.millrace.StepWorker;

/** Returning a question is all there is to asking; nothing waits in this process. */
public final class AskNumber {
  @Step
  public NumberNeeded ask(Begin begin) {
    return new NumberNeeded(begin.question());
  }

  public static void main(String[] args) {
    StepWorker.of("human", new AskNumber()).run();
  }
}
