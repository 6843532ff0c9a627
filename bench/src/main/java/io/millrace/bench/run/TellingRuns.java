package io.millrace.bench.run;

import io.millrace.RunHandle;
import io.millrace.StartOptions;
import io.millrace.WorkflowClient;
import io.millrace.bench.load.Operation;
import io.millrace.bench.step.Telling;
import io.millrace.bench.step.Telling.Begin;
import java.util.concurrent.CompletableFuture;

/** Runs that write one event to their stream and end. Thread-safe. */
record TellingRuns(WorkflowClient client) implements Operation {
  private static final Begin ONE = new Begin(1, 0, 0);

  @Override
  public CompletableFuture<?> begin(long number) {
    return client
        .startAsync(Telling.WORKFLOW, ONE, StartOptions.ofDefaults())
        .thenCompose(RunHandle::resultAsync)
        .thenAccept(
            told -> {
              if (told.words() != 1) {
                throw new IllegalStateException("a run of one word ended with " + told);
              }
            });
  }
}
