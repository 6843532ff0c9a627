package io.millrace.system;

import io.millrace.RunHandle;
import io.millrace.StartOptions;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.system.tally.Count;
import io.millrace.system.tally.Tally;
import java.util.stream.IntStream;

/**
 * A run of {@code tally} that was started, or of a workflow with the same steps.
 *
 * @param count what it began with
 */
record Run(Workflow<Count, Tally> workflow, String id, Count count) {
  Run(String id, Count count) {
    this(Load.TALLY, id, count);
  }

  /** Starts it, or finds it started; its outcome has what audits look at. */
  RunHandle<Tally> start(WorkflowClient client) {
    StartOptions options =
        StartOptions.ofDefaults().withRunId(id).withOutcomeKeys(Load.OUTCOME_KEYS);
    return client.start(workflow, count, options);
  }

  /** What it ends with if nothing fails, and so if something does. */
  Tally expected() {
    return new Tally(kilos(), IntStream.range(0, count.sacks()).boxed().toList(), id);
  }

  long kilos() {
    return IntStream.range(0, count.sacks()).mapToLong(count::kilosOf).sum();
  }
}
