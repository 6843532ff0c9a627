package io.millrace.bench;

import java.util.Optional;

/**
 * One measured number. With a baseline, a goal is about {@code value / baseline}; without one,
 * about the value.
 *
 * @param name of the benchmark and of what was measured, for instance {@code hop.p50}
 * @param baseline the same of raw Kafka, in the same unit
 */
public record Figure(
    String name, double value, String unit, Optional<Double> baseline, Optional<Goal> goal) {
  /** Refuses what cannot have been measured. */
  public Figure {
    if (!Double.isFinite(value) || baseline.filter(raw -> !(raw > 0)).isPresent()) {
      throw new IllegalArgumentException(
          "%s cannot be %s, or not against %s".formatted(name, value, baseline));
    }
  }

  /**
   * What the figure should be.
   *
   * @param atMost or at least
   * @param wish reported, but not held to
   */
  public record Goal(boolean atMost, double bound, boolean wish) {
    boolean isMetBy(double number) {
      return atMost ? number <= bound : number >= bound;
    }
  }

  public static Figure of(String name, double value, String unit) {
    return new Figure(name, value, unit, Optional.empty(), Optional.empty());
  }

  public Figure against(double rawKafka) {
    return new Figure(name, value, unit, Optional.of(rawKafka), goal);
  }

  public Figure atMost(double bound) {
    return with(new Goal(true, bound, false));
  }

  public Figure atLeast(double bound) {
    return with(new Goal(false, bound, false));
  }

  /** Of the value, whatever the baseline. */
  public Figure wishAtMost(double bound) {
    return with(new Goal(true, bound, true));
  }

  /** Of the value, whatever the baseline. */
  public Figure wishAtLeast(double bound) {
    return with(new Goal(false, bound, true));
  }

  private Figure with(Goal newGoal) {
    return new Figure(name, value, unit, baseline, Optional.of(newGoal));
  }

  /** The value in baselines; empty without one. */
  public Optional<Double> ratio() {
    return baseline.map(raw -> value / raw);
  }

  /** Empty without a goal. */
  public Optional<Boolean> met() {
    return goal.map(g -> g.isMetBy(g.wish() ? value : ratio().orElse(value)));
  }

  /** The goal for people, for instance {@code <= 3 x}. */
  public Optional<String> goalText() {
    return goal.map(
        g -> {
          String of = ratio().isPresent() && !g.wish() ? "x" : unit;
          String bound = Numbers.shortest(g.bound());
          return (g.wish() ? "wish " : "") + (g.atMost() ? "<= " : ">= ") + bound + " " + of;
        });
  }

  /** On one line, for instance {@code hop.p50 1.9 ms, baseline 0.6, 3.17 x}. */
  @Override
  public String toString() {
    return name
        + " "
        + Numbers.readable(value)
        + " "
        + unit
        + baseline.map(raw -> ", baseline " + Numbers.readable(raw)).orElse("")
        + ratio().map(x -> ", " + Numbers.readable(x) + " x").orElse("");
  }
}
