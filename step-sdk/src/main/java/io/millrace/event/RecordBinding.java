package io.millrace.event;

import io.millrace.Event;
import io.millrace.HumanResponseEvent;
import io.millrace.InputRequiredEvent;
import io.millrace.StartEvent;
import io.millrace.StopEvent;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.Namespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/** A record that implements {@link Event}; its schema is derived. */
record RecordBinding(EventType type, RecordShape shape) implements Binding {
  static RecordBinding of(Class<?> event) {
    if (!Event.class.isAssignableFrom(event)) {
      throw new NotAnEventException(
          "%s is a record but not an event; let it implement io.millrace.Event or one of the interfaces below it"
              .formatted(event.getName()));
    }
    if (event.getTypeParameters().length > 0) {
      throw new NotAnEventException(
          event.getName() + " is generic, so it has no one schema; use a record without");
    }
    Namespace.checkEventType(event.getSimpleName());
    EventKind kind = kind(event);
    RecordShape shape = new ShapeReader().record(event);
    Kinds.mark(shape.schema(), kind);
    return new RecordBinding(
        new EventType(event.getSimpleName(), kind, event, shape.schema()), shape);
  }

  private static EventKind kind(Class<?> event) {
    List<EventKind> kinds = new ArrayList<>();
    if (StartEvent.class.isAssignableFrom(event)) {
      kinds.add(EventKind.START);
    }
    if (StopEvent.class.isAssignableFrom(event)) {
      kinds.add(EventKind.STOP);
    }
    if (InputRequiredEvent.class.isAssignableFrom(event)) {
      kinds.add(EventKind.INPUT_REQUIRED);
    }
    if (HumanResponseEvent.class.isAssignableFrom(event)) {
      kinds.add(EventKind.HUMAN_RESPONSE);
    }
    if (kinds.size() > 1) {
      throw new NotAnEventException(
          "%s is of several kinds, %s; let it implement one of these interfaces"
              .formatted(event.getName(), kinds));
    }
    return kinds.isEmpty() ? EventKind.EVENT : kinds.get(0);
  }

  @Override
  public void write(Object event, Encoder out) throws IOException {
    try {
      shape.write(event, out);
    } catch (Shape.Misfit e) {
      throw e.in(type.name());
    }
  }

  @Override
  public Reading reading(Schema writer) {
    return shape::read;
  }
}
