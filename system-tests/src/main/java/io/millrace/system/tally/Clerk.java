package io.millrace.system.tally;

import io.millrace.RunHandle;
import io.millrace.StartOptions;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import java.util.Arrays;

/**
 * A client in a process of its own. Starts a run, says so, and waits for its result. Arguments: run
 * id, sacks, seed, and the keys of its outcome.
 */
public final class Clerk {
  private Clerk() {}

  public static void main(String[] args) {
    Count count = new Count(Integer.parseInt(args[1]), Integer.parseInt(args[2]), false);
    StartOptions options =
        StartOptions.ofDefaults()
            .withRunId(args[0])
            .withOutcomeKeys(Arrays.copyOfRange(args, 3, args.length));
    try (WorkflowClient client = WorkflowClient.create()) {
      RunHandle<Tally> run =
          client.start(Workflow.of("tally", Count.class, Tally.class), count, options);
      System.out.println("Ready. workflow=tally run=" + run.runId());
      System.out.println(run.result());
    }
  }
}
