package io.millrace.step;

import io.millrace.Event;
import io.millrace.event.EventType;
import io.millrace.event.EventTypes;
import io.millrace.event.NotAnEventException;
import io.millrace.event.SealedTypes;
import io.millrace.protocol.IllegalNameException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** The event types that classes of a step's signature stand for. */
record EventClasses(Consumer<String> problem) {
  /** Sealed types stand for all they permit; what is no event is a problem. */
  Set<EventType> types(String how, Class<?>... classes) {
    Set<EventType> events = new LinkedHashSet<>();
    Stream.of(classes)
        .flatMap(SealedTypes::concrete)
        .forEach(
            type -> {
              try {
                events.add(EventTypes.of(type));
              } catch (NotAnEventException | IllegalNameException e) {
                problem.accept("%s %s: %s".formatted(how, type.getSimpleName(), e.getMessage()));
              }
            });
    return events;
  }

  /** A type that may hold events but does not say which. */
  static boolean isOpen(Class<?> type) {
    return type == Object.class || type == SpecificRecord.class || isOpenInterface(type);
  }

  static boolean isOpenInterface(Class<?> type) {
    return type.isInterface() && !type.isSealed() && Event.class.isAssignableFrom(type);
  }
}
