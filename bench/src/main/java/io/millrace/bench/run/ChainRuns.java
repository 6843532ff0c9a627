package io.millrace.bench.run;

import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.bench.load.Operation;
import io.millrace.bench.step.Chain;
import io.millrace.bench.step.Chain.Begin;
import io.millrace.bench.step.Chain.Done;
import java.util.concurrent.CompletableFuture;

/** Runs of a chain, whose result must be what they began with. Thread-safe. */
public record ChainRuns(WorkflowClient client, Workflow<Begin, Done> workflow)
    implements Operation {
  @Override
  public CompletableFuture<?> begin(long number) {
    Done right = new Done(number, Chain.CARGO);
    return CheckedRun.begin(client, workflow, new Begin(number, Chain.CARGO), right::equals);
  }
}
