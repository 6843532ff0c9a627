package io.millrace.observe;

/** How much of a step runs in this process. Thread-safe. */
public interface StepSlots {
  /** Attempts that may run at once. */
  int size();

  /** Slots that are taken now. */
  int taken();
}
