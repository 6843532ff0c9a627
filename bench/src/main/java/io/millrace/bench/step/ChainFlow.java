package io.millrace.bench.step;

import io.millrace.Workflow;
import io.millrace.bench.step.Chain.Begin;
import io.millrace.bench.step.Chain.Done;
import java.util.List;

/**
 * A workflow whose steps follow one another.
 *
 * @param steps classes, in order
 */
public record ChainFlow(Workflow<Begin, Done> workflow, List<Class<?>> steps) {
  public ChainFlow {
    steps = List.copyOf(steps);
  }

  static ChainFlow of(String name, Class<?>... steps) {
    return new ChainFlow(Workflow.of(name, Begin.class, Done.class), List.of(steps));
  }

  public int length() {
    return steps.size();
  }
}
