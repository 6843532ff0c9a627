package io.millrace.bench.run;

import io.millrace.RunHandle;
import io.millrace.StartOptions;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** A run from its start to its result, which must be right. */
final class CheckedRun {
  private static final StartOptions DEFAULTS = StartOptions.ofDefaults();

  private CheckedRun() {}

  /**
   * Starts it.
   *
   * @return fails if the run does, or its result is wrong
   */
  static <I, O> CompletableFuture<?> begin(
      WorkflowClient client, Workflow<I, O> workflow, I start, Predicate<O> right) {
    return client
        .startAsync(workflow, start, DEFAULTS)
        .thenCompose(RunHandle::resultAsync)
        .thenAccept(
            result -> {
              if (!right.test(result)) {
                throw new IllegalStateException(
                    "a run of %s, begun with %s, ended with %s"
                        .formatted(workflow.name(), start, result));
              }
            });
  }
}
