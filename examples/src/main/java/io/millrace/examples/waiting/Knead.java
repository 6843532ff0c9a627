package io.millrace.examples.waiting;

import io.millrace.RunContext;
import io.millrace.Step;
import io.millrace.StepWorker;
import org.jspecify.annotations.Nullable;

/** Waits until flour and water are there. */
public final class Knead {
  @Step
  public @Nullable Bread knead(Ingredient ingredient, RunContext context) {
    return context
        .collectEvents(ingredient, Flour.class, Water.class)
        .map(all -> new Bread(all.get(Flour.class).grams(), all.get(Water.class).millilitres()))
        .orElse(null); // the other one is still to come
  }

  public static void main(String[] args) {
    StepWorker.of("waiting", new Knead()).run();
  }
}
