package io.millrace.coordinator.core;

import java.util.List;

/**
 * The heart of the coordinator: one input, one run, one transition.
 *
 * <pre>
 *            start                       stop, failure, cancel, timeout, stall
 *   Absent ---------> Running ------------------------------------------------> Finished
 *     ^                  |  workflow still unknown after limits.grace               |
 *     +------------------+                                                          |
 *     +--------------------------------------- limits.runRetention has passed ------+
 * </pre>
 *
 * Each state has one file of rules: {@link AbsentRules}, {@link RunningRules}, {@link
 * FinishedRules}.
 */
public final class RunCore {
  private RunCore() {}

  /**
   * Applies {@code input} to the run in {@code store}. Deterministic: the same state, input and
   * graph give the same writes and effects. Not thread-safe, as the store is not.
   *
   * @return what the outside is asked to do, in order; never empty for an input that asked for
   *     something
   * @throws IllegalStateException only if an invariant is broken; the store's writes must then be
   *     dropped
   */
  public static List<RunEffect> apply(
      WorkflowGraph graph, RunStore store, RunInput input, Arrival arrival) {
    RunState before = store.state();
    Turn turn = new Turn(graph, store, arrival);
    List<RunEffect> effects = List.copyOf(input.accept(before.accept(new RulesOf(turn))));
    Invariants.check(before, input, store.state(), effects);
    return effects;
  }

  /**
   * Ends a run whose rules threw, or whose effects no record could hold: its outcome is FAILED with
   * {@code error} and carries no state (law 18). The store's writes since must have been dropped.
   *
   * @return empty unless the run is running
   */
  public static List<RunEffect> fail(
      WorkflowGraph graph, RunStore store, Arrival arrival, ErrorInfo error) {
    if (!(store.state() instanceof RunState.Running running)) {
      return List.of();
    }
    Turn turn = new Turn(graph, store, arrival);
    LiveRun run = LiveRun.of(turn, running);
    new Ending(run, new StateCells(run), new Facts(run)).brokenDown(error);
    return List.copyOf(turn.effects());
  }

  private record RulesOf(Turn turn) implements RunState.Cases<RunInput.Cases<List<RunEffect>>> {
    @Override
    public RunInput.Cases<List<RunEffect>> absent(RunState.Absent state) {
      return new AbsentRules(turn);
    }

    @Override
    public RunInput.Cases<List<RunEffect>> running(RunState.Running state) {
      return new RunningRules(LiveRun.of(turn, state));
    }

    @Override
    public RunInput.Cases<List<RunEffect>> finished(RunState.Finished state) {
      return new FinishedRules(turn, state);
    }
  }
}
