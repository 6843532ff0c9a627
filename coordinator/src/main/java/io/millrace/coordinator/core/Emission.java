package io.millrace.coordinator.core;

import org.jspecify.annotations.Nullable;

/**
 * An event on its way to whoever takes it.
 *
 * @param cause what the ids of its executions derive from
 * @param toStep null: every step that accepts the type
 * @param lineage where it belongs
 */
record Emission(Event event, String cause, @Nullable String toStep, Lineage lineage) {
  /** Once it is routed, nobody asks for its fields any more. */
  Emission withoutFields() {
    return new Emission(event.withoutFields(), cause, toStep, lineage);
  }
}
