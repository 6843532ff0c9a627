package io.millrace.step;

import io.millrace.HumanResponseEvent;
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

  /**
   * An open interface, under whose name a step accepts the events that implement it; of responses,
   * so that the graph knows that they come from outside.
   */
  static EventType of(Class<?> type) {
    Schema nothing =
        Schema.createRecord(type.getSimpleName(), null, type.getPackageName(), false, List.of());
    EventKind kind =
        HumanResponseEvent.class.isAssignableFrom(type)
            ? EventKind.HUMAN_RESPONSE
            : EventKind.EVENT;
    return new EventType(type.getSimpleName(), kind, type, nothing);
  }
}
