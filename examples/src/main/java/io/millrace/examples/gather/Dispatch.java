package io.millrace.examples.gather;

import io.millrace.RunContext;
import io.millrace.Step;
import io.millrace.StepWorker;
import java.util.List;

/** Sends each sack on its way; all of them leave when this attempt completes, or none. */
public final class Dispatch {
  @Step(emits = Sack.class) // sent rather than returned, hence declared
  public void dispatch(Delivery delivery, RunContext context) {
    List<Integer> kilos = delivery.grossKilos();
    for (int i = 0; i < kilos.size(); i++) {
      context.sendEvent(new Sack(i + 1, kilos.size(), kilos.get(i)));
    }
  }

  public static void main(String[] args) {
    StepWorker.of("gather", new Dispatch()).run();
  }
}
