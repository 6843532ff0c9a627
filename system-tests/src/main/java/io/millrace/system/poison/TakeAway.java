package io.millrace.system.poison;

import io.millrace.CatchError;
import io.millrace.StepFailedEvent;
import io.millrace.StepWorker;

/** Ends the run in the failed step's place. */
public final class TakeAway {
  @CatchError
  public Drunk takeAway(StepFailedEvent failure) {
    return new Drunk(failure.errorType());
  }

  public static void main(String[] args) {
    StepWorker.of("poison", new TakeAway()).run();
  }
}
