package io.millrace.event;

import io.millrace.Event;
import java.util.List;
import java.util.TreeSet;

/** The event interfaces that a class implements, by which steps may accept it (S1). */
public final class EventInterfaces {
  private EventInterfaces() {}

  /** Simple names of the interfaces below {@link Event}, in order. */
  public static List<String> of(Class<?> event) {
    TreeSet<String> names = new TreeSet<>();
    collect(event, names);
    return List.copyOf(names);
  }

  private static void collect(Class<?> type, TreeSet<String> names) {
    for (Class<?> each : type.getInterfaces()) {
      if (Event.class.isAssignableFrom(each) && each != Event.class) {
        names.add(each.getSimpleName());
        collect(each, names);
      }
    }
    if (type.getSuperclass() != null) {
      collect(type.getSuperclass(), names);
    }
  }
}
