package io.millrace.coordinator.simulation;

import java.util.HashMap;
import java.util.Map;

/** A place where things are decided; each matter has its own sequence of decisions there. */
final class Site {
  private final String name;
  private final Choices choices;
  private final Weather weather;
  private final Choices.Source[] faults = new Choices.Source[Fault.values().length];
  private final Map<String, Choices.Source> matters = new HashMap<>();

  Site(String name, Choices choices, Weather weather) {
    this.name = name;
    this.choices = choices;
    this.weather = weather;
  }

  /** Whether this goes wrong here, now. */
  boolean strikes(Fault fault) {
    int rate = weather.oneIn(fault);
    if (rate == 0) {
      return false;
    }
    Choices.Source source = faults[fault.ordinal()];
    if (source == null) {
      source = choices.source(name + " " + fault);
      faults[fault.ordinal()] = source;
    }
    return source.oneIn(rate);
  }

  /** From 0, the harmless answer, to {@code bound - 1}. */
  int draw(String matter, int bound) {
    return source(matter).below(bound);
  }

  boolean oneIn(String matter, int n) {
    return source(matter).oneIn(n);
  }

  private Choices.Source source(String matter) {
    Choices.Source known = matters.get(matter);
    if (known == null) {
      known = choices.source(name + " " + matter);
      matters.put(matter, known);
    }
    return known;
  }
}
