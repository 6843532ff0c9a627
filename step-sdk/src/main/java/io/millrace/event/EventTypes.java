package io.millrace.event;

import io.millrace.StepFailedEvent;
import io.millrace.protocol.EventKind;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** Event classes, each read once per JVM. Needs no registry. Thread-safe. */
public final class EventTypes {
  private static final ClassValue<Binding> BINDINGS =
      new ClassValue<>() {
        @Override
        protected Binding computeValue(Class<?> event) {
          return bind(event);
        }
      };

  private EventTypes() {}

  /**
   * The descriptor of an event class.
   *
   * @throws NotAnEventException if it cannot be an event; the message says why and what to do
   * @throws io.millrace.protocol.IllegalNameException if its name cannot be part of a topic's
   */
  public static EventType of(Class<?> event) {
    return binding(event).type();
  }

  /**
   * What an event with this schema means to a run.
   *
   * @throws NotAnEventException if the schema names a kind that there is not
   */
  public static EventKind kindOf(Schema schema) {
    return Kinds.of(schema);
  }

  static Binding binding(Class<?> event) {
    return BINDINGS.get(event);
  }

  private static Binding bind(Class<?> event) {
    if (event.getSimpleName().equals(StepFailedEvent.TYPE)) {
      throw new NotAnEventException(
          event.getName()
              + " has the name by which failure handlers are called; name the event otherwise");
    }
    if (SpecificRecord.class.isAssignableFrom(event) && !event.isInterface()) {
      return SpecificBinding.of(event);
    }
    if (event.isRecord()) {
      return RecordBinding.of(event);
    }
    if (event.isInterface()) {
      throw new NotAnEventException(
          event.getName() + " is an interface; name the events themselves, which are records");
    }
    throw new NotAnEventException(
        "%s is neither a record that implements io.millrace.Event nor a class generated from an Avro schema"
            .formatted(event.getName()));
  }
}
