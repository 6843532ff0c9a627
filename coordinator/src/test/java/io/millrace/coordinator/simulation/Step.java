package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.EntryKey;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.RunStore;
import io.millrace.coordinator.core.StepBuilder;
import io.millrace.coordinator.core.StepSpec;
import io.millrace.coordinator.core.WorkflowGraph;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One input and what came of it.
 *
 * @param sameGraph as at the input before
 * @param ledger what was known of the run so far; laws add to it
 */
record Step(
    WorkflowGraph graph,
    boolean sameGraph,
    RunState before,
    RunInput input,
    RunState after,
    List<RunEffect> effects,
    Changes changes,
    RunStore store,
    Ledger ledger,
    Deeds deeds) {

  boolean goesOn() {
    return before instanceof RunState.Running && after instanceof RunState.Running;
  }

  /** Tells two runs of one id apart; empty: there is none. */
  String life() {
    Entry.RunSettings settings = settings(before);
    settings = settings == null ? settings(after) : settings;
    return settings == null ? "" : settings.life();
  }

  private static Entry.@Nullable RunSettings settings(RunState state) {
    if (state instanceof RunState.Running running) {
      return running.settings();
    }
    return state instanceof RunState.Finished finished ? finished.settings() : null;
  }

  /** The join that was opened with it; null: that execution is none. */
  Entry.@Nullable Joined joinedBy(Entry.OpenExecution opened) {
    return store.get(EntryKey.of(Entry.Joined.class, opened.id()));
  }

  /** The handlers that were opened for an execution which this input ended in failure. */
  List<Entry.OpenExecution> handlers() {
    return changes.opened().stream().filter(e -> e.input() == Entry.Input.CAUGHT).toList();
  }

  /** What is registered of the step now, else null. */
  @Nullable StepSpec spec(String step) {
    return graph.step(StepBuilder.WORKFLOW, step);
  }

  /** All of one kind that there are now. */
  <E extends Entry> List<RunStore.Found<E>> all(Class<E> kind) {
    return store.scan(kind, null, Integer.MAX_VALUE);
  }

  /**
   * @param about put into words only when needed
   */
  void require(boolean holds, String what, @Nullable Object... about) {
    if (!holds) {
      throw new LawBroken(
          what
              + ": "
              + Arrays.toString(about)
              + "; input "
              + input
              + ", effects "
              + effects
              + ", before "
              + before
              + ", after "
              + after);
    }
  }
}
