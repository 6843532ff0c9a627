package io.millrace.step;

import io.millrace.event.EventType;
import java.util.List;
import java.util.Optional;

/** What a step is called with: the first argument of its {@link StepFunction}. */
public sealed interface StepInput {
  /** The event that was dispatched. */
  record Single() implements StepInput {}

  /**
   * A {@code List} of one event of each type, in this order (C6).
   *
   * @param types exact ones; the same may come several times
   */
  record AllOf(List<EventType> types) implements StepInput {
    public AllOf {
      types = List.copyOf(types);
      if (types.size() < 2) {
        throw new IllegalArgumentException("a join needs two events or more, not " + types.size());
      }
    }
  }

  /**
   * A {@code List} of what the branches of a fan-out made of the accepted types (C7).
   *
   * @param take enough to fire early; empty: all
   */
  record FanOut(Optional<Integer> take) implements StepInput {
    public FanOut {
      if (take.isPresent() && take.get() < 1) {
        throw new IllegalArgumentException("a join takes " + take.get() + "; the least is 1");
      }
    }
  }

  /**
   * A {@link io.millrace.StepFailedEvent} (E4).
   *
   * @param steps whose failures; {@code *} alone stands for all
   */
  record Failure(List<String> steps, int maxRecoveries) implements StepInput {
    /** Every step. */
    public static final String ALL = "*";

    public Failure {
      steps = List.copyOf(steps);
      if (steps.isEmpty() || steps.size() > 1 && steps.contains(ALL)) {
        throw new IllegalArgumentException(
            "a failure handler handles " + steps + "; name its steps, or * alone for all");
      }
      if (maxRecoveries < 1) {
        throw new IllegalArgumentException(
            "a failure handler has maxRecoveries " + maxRecoveries + "; the least is 1");
      }
    }
  }

  /**
   * One event of any class that implements an interface (S1).
   *
   * @param of not sealed
   */
  record Subtypes(Class<?> of) implements StepInput {}
}
