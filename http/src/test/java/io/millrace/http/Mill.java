package io.millrace.http;

import io.millrace.Event;
import io.millrace.RunContext;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import org.jspecify.annotations.Nullable;

/** A workflow whose runs stall: two sacks of flour make a bread, and one is ground. */
public final class Mill {
  static final String NAME = "mill";

  public record Grain(String corn) implements StartEvent {}

  public record Flour(String corn) implements Event {}

  public record Bread(int loaves) implements StopEvent {}

  @Step
  public Flour grind(Grain grain) {
    return new Flour(grain.corn());
  }

  @Step
  public @Nullable Bread bake(Flour flour, RunContext context) {
    return context
        .collectEvents(flour, Flour.class, Flour.class)
        .map(all -> new Bread(12))
        .orElse(null);
  }
}
