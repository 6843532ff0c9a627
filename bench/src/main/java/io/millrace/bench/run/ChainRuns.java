package io.millrace.bench.run;

import io.millrace.RunHandle;
import io.millrace.StartOptions;
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
  private static final StartOptions DEFAULTS = StartOptions.ofDefaults();

  @Override
  public CompletableFuture<?> begin(long number) {
    return client
        .startAsync(workflow, new Begin(number, Chain.CARGO), DEFAULTS)
        .thenCompose(RunHandle::resultAsync)
        .thenAccept(done -> check(number, done));
  }

  private static void check(long number, Done done) {
    if (done.number() != number || !done.cargo().equals(Chain.CARGO)) {
      throw new IllegalStateException("a run of number %d ended with %s".formatted(number, done));
    }
  }
}
