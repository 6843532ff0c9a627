package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Event;
import org.jspecify.annotations.Nullable;

/** Tells from an emitted event who emitted it: {@code execution/try/index} is its value. */
final class Marker {
  private Marker() {}

  /** {@code execution/index}, whichever try it was; null: it came from outside. */
  static @Nullable String emission(Event event) {
    String value = Work.text(event.value());
    int first = value.indexOf('/');
    int last = value.lastIndexOf('/');
    return first < 0 ? null : value.substring(0, first) + value.substring(last);
  }
}
