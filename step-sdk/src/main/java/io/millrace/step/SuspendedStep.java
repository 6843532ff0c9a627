package io.millrace.step;

/**
 * Ends the code of an attempt that waits for an event. An error, so that code which handles
 * exceptions lets it pass; without a stack trace, because it is no failure.
 */
final class SuspendedStep extends Error {
  private static final long serialVersionUID = 1L;

  SuspendedStep() {
    super(
        "this attempt has ended at waitForEvent; let this throwable pass, the step is called anew",
        null,
        false,
        false);
  }
}
