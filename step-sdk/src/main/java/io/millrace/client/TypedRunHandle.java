package io.millrace.client;

import io.millrace.NotAResultException;
import io.millrace.event.EventType;
import io.millrace.protocol.EventData;
import java.util.List;
import java.util.Optional;

/** A run whose stop event has a class. */
final class TypedRunHandle<O> extends AbstractRunHandle<O> {
  private final Class<O> stopType;

  TypedRunHandle(ClientLink link, String workflow, RunWatch watch, Class<O> stopType) {
    super(link, workflow, watch);
    this.stopType = stopType;
  }

  @Override
  O read(EventData stopEvent) {
    Optional<EventType> reader = link().values().concrete(stopType, stopEvent.getType());
    if (reader.isEmpty()) {
      throw new NotAResultException(
          "run %s stopped with a %s, which is no %s; name that class in Workflow.of"
              .formatted(runId(), stopEvent.getType(), stopType.getName()));
    }
    byte[] value = new byte[stopEvent.getValue().remaining()];
    stopEvent.getValue().duplicate().get(value);
    return stopType.cast(link().values().decode(value, reader.get()));
  }

  @Override
  List<Class<?>> knownClasses() {
    return List.of(stopType);
  }
}
