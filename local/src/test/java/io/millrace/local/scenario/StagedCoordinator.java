package io.millrace.local.scenario;

import io.millrace.coordinator.core.Limits;
import io.millrace.local.LocalWorkflows;
import io.millrace.local.inline.CoreCoordinator;

/** The rules alone. */
class StagedCoordinator extends CoreCoordinator implements VirtualStage.Life {
  StagedCoordinator(Limits limits) {
    super(LocalWorkflows.NAMESPACE, limits, false);
  }

  /** A coordinator that starts has what was written, and nothing else. */
  @Override
  public final void restart() {
    runs().replaceAll((runId, store) -> StoreCopy.of(store));
  }

  @Override
  public final boolean remembers(String runId) {
    return runs().containsKey(runId);
  }
}
