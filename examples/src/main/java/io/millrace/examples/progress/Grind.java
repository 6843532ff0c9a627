package io.millrace.examples.progress;

import io.millrace.RunContext;
import io.millrace.Step;
import io.millrace.StepWorker;
import io.millrace.examples.Pace;
import java.time.Duration;

/** Grinds sack after sack and says so. */
public final class Grind {
  private final Pace pace;

  public Grind() {
    this(Pace.configured(Duration.ofMillis(300)));
  }

  Grind(Pace pace) {
    this.pace = pace;
  }

  @Step(streams = Working.class)
  public Ground grind(Order order, RunContext context) throws InterruptedException {
    for (int sack = 1; sack <= order.sacks(); sack++) {
      pace.pause();
      context.writeEventToStream(new Working("grind", sack, order.sacks())); // seen now
    }
    return new Ground(order.sacks()); // seen by the next step when this one is done
  }

  public static void main(String[] args) {
    StepWorker.of("progress", new Grind()).run();
  }
}
