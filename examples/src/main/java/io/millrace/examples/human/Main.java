package io.millrace.examples.human;

import io.millrace.RunHandle;
import io.millrace.StreamedEvent;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.examples.Program;
import io.millrace.examples.Program.UsageException;

/** {@code ask} starts a run and leaves after the prompt; {@code answer} takes it up again. */
public final class Main {
  public static final Workflow<Begin, Entered> WORKFLOW =
      Workflow.of("human", Begin.class, Entered.class);

  private static final String USAGE = "ask | answer RUN_ID VALUE";

  private Main() {}

  public static void main(String[] args) {
    Program.run(
        () -> {
          if (args.length == 1 && args[0].equals("ask")) {
            ask();
          } else if (args.length == 3 && args[0].equals("answer")) {
            answer(args[1], number(args[2]));
          } else {
            throw new UsageException(USAGE);
          }
        });
  }

  private static void ask() {
    try (WorkflowClient client = WorkflowClient.create()) {
      RunHandle<Entered> run = client.start(WORKFLOW, new Begin("Enter a number: "));
      for (StreamedEvent event : run.streamEvents()) {
        if (event.is(NumberNeeded.class)) {
          System.out.println(event.as(NumberNeeded.class).prompt());
          System.out.println("answer with: answer " + run.runId() + " VALUE");
          return; // the run waits without us
        }
      }
    }
  }

  private static void answer(String runId, int value) {
    try (WorkflowClient client = WorkflowClient.create()) {
      RunHandle<Entered> run = client.attach(WORKFLOW, runId);
      run.sendEvent(new NumberGiven(value));
      System.out.println(run.result());
    }
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new UsageException(USAGE + " (VALUE is a whole number, not " + text + ")");
    }
  }
}
