package io.millrace.bench.step;

import io.millrace.HumanResponseEvent;
import io.millrace.RunContext;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.Workflow;

/**
 * A run of one step that waits for a human. It asks nothing: a prompt makes a topic for each run,
 * and a broker does not hold as many topics as a coordinator holds runs.
 */
public final class Waiting {
  public static final Workflow<Begin, Done> WORKFLOW =
      Workflow.of("waiting", Begin.class, Done.class);

  private Waiting() {}

  public record Begin(long number, String cargo) implements StartEvent {}

  public record Answer(long number) implements HumanResponseEvent {}

  public record Done(long number) implements StopEvent {}

  public static final class Park {
    @Step(waitsFor = Answer.class)
    public Done park(Begin begin, RunContext context) {
      return new Done(context.waitForEvent(Answer.class).number());
    }
  }
}
