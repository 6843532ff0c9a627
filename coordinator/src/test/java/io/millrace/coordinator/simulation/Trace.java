package io.millrace.coordinator.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The story of a history, for people; nothing is written down unless somebody will read it. */
final class Trace {
  private final @Nullable List<String> lines;

  private Trace(@Nullable List<String> lines) {
    this.lines = lines;
  }

  static Trace off() {
    return new Trace(null);
  }

  static Trace on() {
    return new Trace(new ArrayList<>());
  }

  void say(long now, Supplier<String> what) {
    if (lines != null) {
      lines.add(String.format("%9.3f s  %s", now / 1000.0, what.get()));
    }
  }

  List<String> lines() {
    return lines == null ? List.of() : lines;
  }
}
