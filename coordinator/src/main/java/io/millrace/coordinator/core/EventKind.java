package io.millrace.coordinator.core;

/** What an event means to its run. */
public enum EventKind {
  EVENT,
  START,
  STOP,
  INPUT_REQUIRED,
  HUMAN_RESPONSE
}
