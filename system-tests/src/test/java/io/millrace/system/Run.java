package io.millrace.system;

import io.millrace.Workflow;
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

  /** What it ends with if nothing fails, and so if something does. */
  Tally expected() {
    return new Tally(kilos(), IntStream.range(0, count.sacks()).boxed().toList(), id);
  }

  long kilos() {
    return IntStream.range(0, count.sacks()).mapToLong(count::kilosOf).sum();
  }
}
