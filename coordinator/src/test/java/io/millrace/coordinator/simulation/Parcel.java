package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Event;
import io.millrace.coordinator.core.RunEffect.Target;
import io.millrace.coordinator.core.VersionedValue;
import java.util.Map;

/** One dispatch record as the group of one step sees it. */
final class Parcel {
  final String runId;
  final Event event;
  final Target target;
  final long sequence;
  final Map<String, VersionedValue> state;
  private int deliveries;
  private boolean consumed;

  Parcel(
      String runId, Event event, Target target, long sequence, Map<String, VersionedValue> state) {
    this.runId = runId;
    this.event = event;
    this.target = target;
    this.sequence = sequence;
    this.state = state;
  }

  /** How often a worker has been handed it, this time included. */
  int deliver() {
    return ++deliveries;
  }

  /** The group has moved past it. */
  void consume() {
    consumed = true;
  }

  boolean consumed() {
    return consumed;
  }
}
