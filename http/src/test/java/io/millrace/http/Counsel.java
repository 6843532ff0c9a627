package io.millrace.http;

import io.millrace.HumanResponseEvent;
import io.millrace.InputRequiredEvent;
import io.millrace.RunContext;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.WaitSpec;

/** A workflow whose only step waits for its answer itself: no step accepts it. */
public final class Counsel {
  static final String NAME = "counsel";

  public record Doubt(String about) implements StartEvent {}

  public record Advise(String question) implements InputRequiredEvent {}

  public record Advice(String text, int weight) implements HumanResponseEvent {}

  public record Decided(String text) implements StopEvent {}

  @Step(waitsFor = Advice.class)
  public Decided decide(Doubt doubt, RunContext context) {
    Advice advice =
        context.waitForEvent(
            Advice.class,
            WaitSpec.ofDefaults().withPrompt(new Advise("What of " + doubt.about() + "?")));
    return new Decided(advice.text().repeat(advice.weight()));
  }
}
