package io.millrace.step;

import io.millrace.StepFailedEvent;
import io.millrace.event.EventType;
import io.millrace.protocol.EventKind;
import java.util.List;
import org.apache.avro.Schema;

/** Accepted types that are no events: nobody emits them, and their topics' values are empty. */
final class ReservedTypes {
  /** What failure handlers accept. */
  static final EventType FAILURE = of(StepFailedEvent.class);

  private ReservedTypes() {}

  /** An open interface, under whose name a step accepts the events that implement it. */
  static EventType of(Class<?> type) {
    Schema nothing =
        Schema.createRecord(type.getSimpleName(), null, type.getPackageName(), false, List.of());
    return new EventType(type.getSimpleName(), EventKind.EVENT, type, nothing);
  }
}
