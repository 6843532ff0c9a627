package io.millrace.step;

import io.millrace.event.EventType;
import io.millrace.event.EventTypes;
import io.millrace.event.UnreadableEventException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the class of an event that a step accepts by an interface: by the full name of its schema,
 * which is the class's, or nested where the interface is.
 */
final class SubtypeClasses {
  private SubtypeClasses() {}

  /**
   * @param schema full name; empty when no registration tells
   * @throws UnreadableEventException if this process has no such class; says what to do
   */
  static EventType find(Class<?> of, String eventType, String schema) {
    return Stream.concat(named(of, schema), nested(of))
        .filter(each -> !each.isInterface() && of.isAssignableFrom(each))
        .<EventType>map(EventTypes::of)
        .filter(type -> type.name().equals(eventType))
        .findFirst()
        .orElseThrow(
            () ->
                new UnreadableEventException(
                    "%s is not a class of this worker that implements %s; put %s on its class path"
                        .formatted(
                            eventType,
                            of.getName(),
                            schema.isEmpty() ? "the event's class" : schema),
                    false,
                    null));
  }

  private static Stream<Class<?>> named(Class<?> of, String schema) {
    ClassLoader own = of.getClassLoader();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    for (@Nullable ClassLoader loader : new @Nullable ClassLoader[] {own, context}) {
      try {
        return schema.isEmpty() ? Stream.of() : Stream.of(Class.forName(schema, false, loader));
      } catch (ClassNotFoundException | LinkageError e) {
        // The next one may have it; whether any has is said above.
      }
    }
    return Stream.of();
  }

  private static Stream<Class<?>> nested(Class<?> of) {
    @Nullable Class<?> around = of.getEnclosingClass();
    return around == null ? Stream.of() : List.<Class<?>>of(around.getDeclaredClasses()).stream();
  }
}
