package io.millrace.local;

import java.time.Duration;

/**
 * Hears how a {@link LocalStack} comes up and goes down, on the thread that starts or closes it.
 */
public interface StackListener {

  /** A part is ready for use. */
  void started(String what, String where, Duration took);

  /** A part is about to be started; {@code started} or a failure of the start follows. */
  default void starting(String what) {}

  /**
   * A part has ended; {@code failure} of the start or the close is reported to the caller, not
   * here.
   */
  default void stopped(String what, Duration took) {}

  /** Hears nothing. */
  static StackListener silent() {
    return (what, where, took) -> {};
  }
}
