package io.millrace.bench.run;

import io.millrace.RunHandle;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.bench.load.Operation;
import io.millrace.bench.step.Chain;
import io.millrace.bench.step.Chain.Begin;
import io.millrace.bench.step.Chain.Done;
import java.util.concurrent.CompletableFuture;

/** Runs of a chain, whose result must be what they began with. Thread-safe. */
record ChainRuns(WorkflowClient client, Workflow<Begin, Done> workflow) implements Operation {
  @Override
  public CompletableFuture<?> begin(long number) {
    RunHandle<Done> run = client.start(workflow, new Begin(number, Chain.CARGO));
    return run.resultAsync()
        .thenAccept(
            done -> {
              if (done.number() != number || !done.cargo().equals(Chain.CARGO)) {
                throw new IllegalStateException(
                    "run %s of number %d ended with %s".formatted(run.runId(), number, done));
              }
            });
  }
}
