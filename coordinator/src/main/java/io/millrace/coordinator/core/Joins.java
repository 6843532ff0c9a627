package io.millrace.coordinator.core;

import io.millrace.coordinator.core.StepSpec.Join;

/** Steps that take several events at once: by parameters (C6), or all of a fan-out (C7). */
final class Joins {
  private final StaticJoins byParameters;
  private final FanOutJoins overFanOuts;

  Joins(LiveRun run, FanOuts fanOuts, HeldEvents held, Dispatching dispatching) {
    this.byParameters = new StaticJoins(run, held, dispatching);
    this.overFanOuts = new FanOutJoins(run, fanOuts, dispatching);
  }

  /** False: the step joins a fan-out, and the event belongs to none. */
  boolean take(StepSpec step, Emission emission, Lineage lineage) {
    if (step.join() instanceof Join.AllOf all) {
      byParameters.take(step, all, emission.event(), emission.cause(), lineage);
      return true;
    }
    return overFanOuts.arrive(step, emission.event(), lineage);
  }

  /** At the end of a transition. */
  void settle() {
    overFanOuts.settle();
  }
}
