package io.millrace.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.Arrival;
import io.millrace.coordinator.core.Limits;
import io.millrace.coordinator.core.MemoryRunStore;
import io.millrace.coordinator.core.RunCore;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.WorkflowGraph;
import java.util.List;

/** The rules with a look at each transition: made twice it is the same, and so is what it left. */
final class CheckedCoordinator extends StagedCoordinator {
  CheckedCoordinator(Limits limits) {
    super(limits);
  }

  @Override
  protected List<RunEffect> apply(
      WorkflowGraph steps, MemoryRunStore store, RunInput input, Arrival arrival) {
    store.commit();
    List<RunEffect> first = RunCore.apply(steps, store, input, arrival);
    MemoryRunStore written = StoreCopy.of(store);
    store.rollback();
    List<RunEffect> second = RunCore.apply(steps, store, input, arrival);
    assertThat(second).as("the transition made again").isEqualTo(first);
    StoreCopy.assertSame(store, written);
    return second;
  }
}
