package io.millrace.bench.run;

import io.millrace.WorkflowClient;
import io.millrace.bench.load.Operation;
import io.millrace.bench.step.Telling;
import io.millrace.bench.step.Telling.Begin;
import io.millrace.bench.step.Telling.Told;
import java.util.concurrent.CompletableFuture;

/** Runs that write one event to their stream and end. Thread-safe. */
record TellingRuns(WorkflowClient client) implements Operation {
  private static final Begin ONE = new Begin(1, 0, 0);

  @Override
  public CompletableFuture<?> begin(long number) {
    return CheckedRun.begin(client, Telling.WORKFLOW, ONE, new Told(1)::equals);
  }
}
