package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Bytes;
import io.millrace.coordinator.core.Entry.StateCell;
import io.millrace.coordinator.core.EntryKey;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.StateValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every completion counts one in the run's state and signs its name; every update counts one more.
 * So the numbers and the names agree, each execution signs once, and whoever closed has signed.
 */
final class AccountLaw implements Law {
  @Override
  public void check(Step step) {
    if (!(step.after() instanceof RunState.Running) || !changed(step)) {
      return;
    }
    List<Bytes> names = many(step, Work.LOG);
    step.require(whole(step, Work.TOTAL) == names.size(), "completions and signatures differ");
    step.require(
        whole(step, Work.COUNTER) == many(step, Work.UPDATES).size(), "an update was lost");
    if (step.changes().closed().isEmpty() || !step.handlers().isEmpty()) {
      return;
    }
    if (step.input() instanceof RunInput.StepCompleted completed) {
      String id = completed.token().executionId();
      Object signedBefore = step.ledger().put("signatures " + step.life(), names.size());
      int before = signedBefore instanceof Integer count ? count : 0;
      step.require(
          names.size() == before + 1, "an execution did not sign once", names.size(), before);
      step.require(
          Work.text(names.get(before)).equals(id + "/" + completed.tryId()),
          "another try signed than the one that completed");
      step.require(
          step.deeds().wasCompleted(completed.tryId()), "a try that never completed has signed");
    }
  }

  private static boolean changed(Step step) {
    return !step.changes().closed().isEmpty() || !step.changes().of(StateCell.class).isEmpty();
  }

  private static long whole(Step step, String key) {
    return value(step, key) instanceof StateValue.Whole whole ? whole.value() : 0;
  }

  private static List<Bytes> many(Step step, String key) {
    return value(step, key) instanceof StateValue.Many many ? many.values() : List.of();
  }

  private static @Nullable StateValue value(Step step, String key) {
    StateCell cell = step.store().get(EntryKey.of(StateCell.class, key));
    return cell == null ? null : cell.value().value();
  }
}
