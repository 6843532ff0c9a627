package io.millrace;

import java.util.ArrayList;
import java.util.List;

/**
 * A complete set of events, in the order that was asked for; same types in order of arrival.
 * Immutable.
 */
public final class Collected {
  private final List<Object> events;

  public Collected(List<?> events) {
    this.events = List.copyOf(events);
  }

  /**
   * The first event of this type.
   *
   * @throws IllegalArgumentException if the set has none
   */
  public <E> E get(Class<E> type) {
    return list(type).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the set has no " + type.getSimpleName() + ", only " + events));
  }

  /** All events of this type, by arrival; may be empty. */
  public <E> List<E> list(Class<E> type) {
    List<E> found = new ArrayList<>();
    for (Object event : events) {
      if (type.isInstance(event)) {
        found.add(type.cast(event));
      }
    }
    return found;
  }

  /** All of them, in the order that was asked for. */
  public List<Object> all() {
    return events;
  }

  @Override
  public String toString() {
    return "Collected" + events;
  }
}
