package io.millrace.step;

import io.millrace.NotThatEventException;
import io.millrace.UndecodedEvent;
import io.millrace.event.EventCodec;
import io.millrace.event.EventType;
import io.millrace.event.SealedTypes;
import java.util.Optional;

/**
 * The event of a failed execution.
 *
 * @param value empty: the coordinator kept none
 */
record CaughtEvent(String type, byte[] value, EventCodec codec) implements UndecodedEvent {
  @Override
  public boolean is(Class<?> eventClass) {
    return concrete(eventClass).isPresent();
  }

  @Override
  public <E> E as(Class<E> eventClass) {
    EventType reader =
        concrete(eventClass)
            .orElseThrow(
                () ->
                    new NotThatEventException(
                        "the failed step was called with a %s, not with a %s"
                            .formatted(type, eventClass.getName())));
    if (value.length == 0) {
      throw new NotThatEventException(
          "the failed step is a join, so there is no one %s it was called with".formatted(type));
    }
    return eventClass.cast(codec.decode(value, reader));
  }

  private Optional<EventType> concrete(Class<?> eventClass) {
    return SealedTypes.concrete(eventClass)
        .filter(each -> !each.isInterface())
        .<EventType>map(codec::typeOf)
        .filter(each -> each.name().equals(type))
        .findFirst();
  }

  @Override
  public String toString() {
    return type;
  }
}
