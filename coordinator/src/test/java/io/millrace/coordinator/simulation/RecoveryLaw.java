package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.EntryKey;
import io.millrace.coordinator.core.StepSpec;
import java.util.List;

/**
 * A failure is handled once, by a step that is there for it, within the budget of its lineage, and
 * no handler is handled (E4).
 */
final class RecoveryLaw implements Law {
  @Override
  public void check(Step step) {
    List<OpenExecution> handlers = step.handlers();
    if (handlers.isEmpty()) {
      return;
    }
    step.require(
        handlers.size() == 1 && step.changes().closed().size() == 1,
        "a failure is not handled once",
        handlers);
    OpenExecution handler = handlers.get(0);
    OpenExecution failed = step.changes().closed().get(0);
    StepSpec spec = step.spec(handler.step());
    Entry.Caught caught = step.store().get(EntryKey.of(Entry.Caught.class, handler.id()));
    step.require(
        spec != null && caught != null && caught.failure().step().equals(failed.step()),
        "handled by nobody, or another failure",
        handler);
    step.require(
        spec != null
            && (spec.catches().contains("*") || spec.catches().contains(failed.step()))
            && handler.lineage().recoveries() <= spec.maxRecoveries(),
        "handled too often, or by one that is not there for it",
        handler);
    StepSpec its = step.spec(failed.step());
    step.require(
        failed.input() != Entry.Input.CAUGHT && (its == null || its.catches().isEmpty()),
        "a handler is handled",
        failed);
    step.require(
        handler.lineage().fanOut().equals(failed.lineage().fanOut()),
        "handled in another place",
        handler);
  }
}
