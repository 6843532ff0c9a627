package io.millrace.examples.progress;

import io.millrace.RunContext;
import io.millrace.Step;
import io.millrace.StepWorker;
import io.millrace.examples.Pace;
import java.time.Duration;

/** Packs what was ground, on the same stream. */
public final class Pack {
  private final Pace pace;

  public Pack() {
    this(Pace.configured(Duration.ofMillis(100)));
  }

  Pack(Pace pace) {
    this.pace = pace;
  }

  @Step(streams = Working.class)
  public Packed pack(Ground ground, RunContext context) throws InterruptedException {
    for (int sack = 1; sack <= ground.sacks(); sack++) {
      pace.pause();
      context.writeEventToStream(new Working("pack", sack, ground.sacks()));
    }
    return new Packed(ground.sacks());
  }

  public static void main(String[] args) {
    StepWorker.of("progress", new Pack()).run();
  }
}
