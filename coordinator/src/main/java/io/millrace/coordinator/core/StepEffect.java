package io.millrace.coordinator.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that an attempt did. Order within a completion is program order (S4). */
public sealed interface StepEffect {
  /**
   * @param toStep null: every step that accepts the type
   * @param fanOut a member of the fan-out that the completion's {@code List} return opens
   */
  record Emit(Event event, @Nullable String toStep, boolean fanOut) implements StepEffect {}

  /** Changes one key of the run's state. */
  sealed interface StateWrite extends StepEffect {
    String key();
  }

  record SetState(String key, StateValue value) implements StateWrite {}

  record RemoveState(String key) implements StateWrite {}

  /** {@code by} is {@link StateValue.Whole} or {@link StateValue.Decimal}. */
  record IncrementState(String key, StateValue by) implements StateWrite {}

  record AppendState(String key, Bytes value) implements StateWrite {}

  /**
   * @param expectedVersion 0: the key was absent
   * @param value null: remove
   */
  record UpdateState(String key, long expectedVersion, @Nullable StateValue value)
      implements StateWrite {}

  /**
   * @param types the multiset asked for, in the order asked, runs of one type counted
   * @param satisfied the attempt had been given the complete set
   */
  record Collect(
      String bufferId, List<TypeRun> types, @Nullable String correlation, boolean satisfied)
      implements StepEffect {
    public Collect {
      types = List.copyOf(types);
    }
  }

  /** So many events of a type, one after the other. */
  record TypeRun(String type, int count) {
    public TypeRun {
      if (count < 1) {
        throw new IllegalArgumentException("a run of " + count + " events of type " + type);
      }
    }
  }

  record OpenFanOut(int size) implements StepEffect {}
}
