package io.millrace.coordinator.core;

import org.jspecify.annotations.Nullable;

/** Whether a start under an id that is taken means the run that has it (R1). */
final class SameStart {
  private SameStart() {}

  /** What differs, in words; null: nothing. */
  static @Nullable String difference(Entry.RunSettings settings, RunInput.StartRun input) {
    if (!settings.workflow().equals(input.workflow())) {
      return "the run with this id is of workflow "
          + settings.workflow()
          + ", not of "
          + input.workflow();
    }
    if (!settings.startDigest().equals(Ids.startDigest(input.event()))) {
      return "the run with this id was started with another event; choose another id";
    }
    return null;
  }
}
