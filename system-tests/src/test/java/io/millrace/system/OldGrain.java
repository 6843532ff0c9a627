package io.millrace.system;

import io.millrace.Event;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * The workflow {@code grain} as it was first deployed. {@link NewGrain} has newer forms of the same
 * events: nested records of one package and one simple name have one schema name.
 */
final class OldGrain {
  static final Workflow<Load, Bagged> WORKFLOW = Workflow.of("grain", Load.class, Bagged.class);

  record Load(int kilos) implements StartEvent {}

  /** {@code dust} is gone in the newer form. */
  record Grain(int kilos, @Nullable String dust) implements Event {}

  /** The newer form has {@code grade} besides. */
  record Meal(int kilos) implements Event {}

  record Bagged(int kilos) implements StopEvent {}

  private OldGrain() {}

  static final class Unload {
    @Step
    public Grain unload(Load load) {
      return new Grain(load.kilos(), "much");
    }
  }

  static final class Bag {
    @Step
    public Bagged bag(Meal meal) {
      return new Bagged(meal.kilos());
    }
  }
}
