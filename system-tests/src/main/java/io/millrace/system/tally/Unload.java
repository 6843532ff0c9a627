package io.millrace.system.tally;

import io.millrace.RunContext;
import io.millrace.Step;
import io.millrace.StepWorker;

/** Sends each sack on its way. */
public final class Unload {
  @Step(emits = Sack.class)
  public void unload(Count count, RunContext context) {
    for (int number = 0; number < count.sacks(); number++) {
      context.sendEvent(
          new Sack(
              number, count.sacks(), count.kilosOf(number), count.aloud(), count.millisOf(number)));
    }
    context.state().increment("unloaded", 1);
  }

  public static void main(String[] args) {
    StepWorker.of("tally", new Unload()).run();
  }
}
